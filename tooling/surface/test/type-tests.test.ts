import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compareWithBase } from '../src/compare-with-base.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const patterns = [
  'tsconfig.base.json',
  'packages/*/test/types/**/*.{ts,json}',
  'tooling/*/consumers/**/*.ts',
  'examples/*/**/*.{ts,tsx,json}',
];

test('the type tests of the work tree compile: they are the base of what comes next', () => {
  const exclude = (path: string) => path.includes('node_modules') || path.includes('.next');
  const workTree = {
    commit: 'the work tree',
    paths: globSync(patterns, { cwd: root, exclude }).map((path) => path.replaceAll('\\', '/')),
    read: (path: string) => readFileSync(join(root, path), 'utf8'),
  };
  const { compiled, breaks, looser } = compareWithBase(root, workTree);
  expect({ breaks, looser }).toEqual({ breaks: [], looser: [] });
  // Of the SDK, its consumers, those beside this test, and four examples.
  expect(compiled).toBeGreaterThan(20);
});

test.each(
  globSync('packages/mock-server/api/*.api.md', { cwd: root }).flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/^export (?:\w+ )+?(\w+)(?=[ :(<])/gm)].map(
      ([, name = '']) => name,
    ),
  ),
)('the consumers use %s of the mock server', (name) => {
  const source = readFileSync(join(root, 'tooling/surface/consumers/mock-server.ts'), 'utf8');
  // Once to import it.
  expect(source.split(new RegExp(`\\b${name}\\b`)).length).toBeGreaterThan(2);
});
