import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = fileURLToPath(new URL('../.snippets', import.meta.url));
const documents = [
  'README.md',
  'packages/sdk/README.md',
  'packages/mock-server/README.md',
  'packages/batch/README.md',
];

const snippets = documents.flatMap((document) =>
  marked
    .lexer(readFileSync(join(root, document), 'utf8'))
    .filter((token) => token.type === 'code' && token.lang === 'ts')
    .map((token, index) => ({
      name: `${document}, snippet ${index + 1}`,
      path: `${document.replaceAll('/', '-').replace('.md', '')}-${index + 1}.ts`,
      text: 'text' in token ? token.text : '',
    })),
);

/** Compiles all snippets at once, each as a module of its own; what is wrong, by file. */
function compile(): Map<string, string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { path, text } of snippets) writeFileSync(join(folder, path), `${text}\nexport {};\n`);
  copyFileSync(join(import.meta.dirname, 'context.d.ts'), join(folder, 'context.d.ts'));
  const compilerOptions = {
    noEmit: true,
    lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
    types: ['node'],
    skipLibCheck: true,
    // A snippet may show how something is made without using it.
    noUnusedLocals: false,
  };
  const config = { extends: '../../../tsconfig.base.json', compilerOptions, include: ['*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { stdout, error } = spawnSync('tsc', ['-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  if (error) throw error;
  const faults = new Map<string, string>();
  for (const line of stdout.split('\n').filter((line) => line.includes('error TS'))) {
    const path = /([^/]+\.ts)\(\d+,\d+\)/.exec(line)?.[1] ?? 'the configuration';
    faults.set(path, `${faults.get(path) ?? ''}${line}\n`);
  }
  return faults;
}

const faults = compile();

test('the documentation has snippets', () => {
  expect(snippets.length).toBeGreaterThan(10);
});

test('the compiler complains of nothing but snippets', () => {
  const paths = new Set(snippets.map(({ path }) => path));
  expect([...faults].filter(([path]) => !paths.has(path))).toEqual([]);
});

test.each(snippets)('$name compiles', ({ path }) => {
  expect(faults.get(path) ?? '').toBe('');
});
