import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const packages = fileURLToPath(new URL('../..', import.meta.url));

/** What looks into the sentence of an error: it may be worded anew at any time. */
const readingSentences = [
  /\b(message|summary)\b[^\n;,{}]{0,8}\.(includes|startsWith|endsWith|indexOf|search|match|matchAll|replace|replaceAll|split)\(/,
  /\.(test|exec|match|matchAll|includes|startsWith)\([^()\n]*\b(message|summary)\b/,
  /\.(test|exec)\([^()\n]*\b(error|cause|reason|failure)\b\s*[})]/,
  /\b(message|summary)\b\s*[!=]==? (?!''|undefined)/,
  /switch \([^)\n]*\b(message|summary)\b/,
];

function sentencesReadIn(source: string): string[] {
  const lines = source.split('\n').filter((line) => !/^\s*(\/\/|\/?\*)/.test(line));
  return lines.filter((line) => readingSentences.some((pattern) => pattern.test(line)));
}

test.each(['cli/src', 'batch/src', 'sdk/src/proxy'])(
  'nothing in %s reads the sentence of an error to decide',
  (folder) => {
    const root = join(packages, folder);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => file.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(5);
    const found = sources.flatMap((file) =>
      sentencesReadIn(readFileSync(join(root, file), 'utf8')).map((line) => `${file}: ${line}`),
    );
    expect(found).toEqual([]);
  },
);

test.each([
  'const isOpen = attachHint.test(error.message) || job?.isAccepted;',
  "message: error.message.replace(attachHint, ''),",
  "const { message } = error; if (message?.includes('timeout')) return;",
  "return message.replace(/ ?Call again\\.$/, '') + advice;",
  'sentences.test(message)',
  'if (/timeout/.test(error)) return;',
  "if (error.summary === 'Aborted.') return;",
  "const [summary = message, ...lines] = message.split('\\n');",
])('it would be found: %s', (line) => {
  expect(sentencesReadIn(line)).toEqual([line]);
});

test.each([
  'reporter.tell({ event: "warning", message: oneLine(error.message) });',
  "if (error.code === 'ENOSPC') throw new BatchError(message, { cause });",
  "const { message, code } = error; return codes.includes(code) ? message : '';",
])('and what names one only is no finding: %s', (line) => {
  expect(sentencesReadIn(line)).toEqual([]);
});
