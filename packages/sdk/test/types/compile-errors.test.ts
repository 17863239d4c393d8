import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const compiler = createRequire(import.meta.url)
  .resolve('typescript/package.json')
  .replace(/package\.json$/, 'bin/tsc');
const wrongFiles = readdirSync(`${here}wrong`);

/** The compiler's messages for each file, every one as its lines. */
function compile(project: string): Map<string, string[][]> {
  const run = spawnSync(process.execPath, [compiler, '-p', project, '--pretty', 'false'], {
    cwd: here,
    encoding: 'utf8',
  });
  const errors = new Map<string, string[][]>();
  let last: string[] | undefined;
  for (const line of run.stdout.split(/\r?\n/).filter(Boolean)) {
    const start = /^(.+?)\(\d+,\d+\): (error TS\d+: .*)$/.exec(line);
    if (start) {
      const [, file = '', text = ''] = start;
      last = [text];
      errors.set(file, [...(errors.get(file) ?? []), last]);
    } else if (last && /^\s/.test(line)) {
      last.push(line);
    } else {
      throw new Error(`tsc -p ${project} failed: ${run.stdout}${run.stderr}`);
    }
  }
  return errors;
}

/** What each error must say: the `// expect:` lines at the head of the file, one for each error. */
function expectations(file: string): string[] {
  const [head = ''] = readFileSync(`${here}wrong/${file}`, 'utf8').split('\nimport ');
  return head.split('\n').map((line) => line.replace(/^\/\/ expect: /, ''));
}

describe.each([
  ['with exactOptionalPropertyTypes', 'tsconfig.json'],
  ['without exactOptionalPropertyTypes', 'tsconfig.inexact.json'],
])('%s', (_, project) => {
  let errors: Map<string, string[][]>;
  beforeAll(() => {
    errors = compile(project);
  });

  test('every legal request compiles', () => {
    expect(errors.get('right.ts') ?? []).toEqual([]);
  });

  test('no file outside the fixtures has an error', () => {
    const fixtures = wrongFiles.map((file) => `wrong/${file}`);
    expect([...errors.keys()].filter((file) => !fixtures.includes(file))).toEqual([]);
  });

  test.each(wrongFiles)('%s does not compile, and the message says why', (file) => {
    const found = errors.get(`wrong/${file}`) ?? [];
    const expected = expectations(file);
    expect(found.map((lines) => lines.join('\n'))).toEqual(
      expected.map((fragment) => expect.stringContaining(fragment)),
    );
    expect(Math.max(...found.map((lines) => lines.length))).toBeLessThanOrEqual(8);
  });
});
