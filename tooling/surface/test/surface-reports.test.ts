import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { compareReports } from '../src/compare-reports.ts';
import { describeSurface, readReports, writeReports } from '../src/surface-reports.ts';
import { changeFiles, type Files, makeFolder } from './sample-repository.ts';

// The analysis takes a second or two for each entry, and longer on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const manifest = {
  name: '@sync3/sdk',
  version: '0.0.0',
  type: 'module',
  engines: { node: '>=20' },
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  dependencies: { left: '^1.0.0' },
  devDependencies: { right: '^2.0.0' },
};
const files: Files = {
  'packages/sdk/package.json': JSON.stringify(manifest),
  'packages/sdk/dist/index.d.ts': `/** A call. */
export declare function call(options: Options): string;
interface Options {
  depth?: number;
}
export {};
`,
};

function change(changed: object): Files {
  return { 'packages/sdk/package.json': JSON.stringify({ ...manifest, ...changed }) };
}

test('a report shows what is exported, and the fields of types that it refers to', () => {
  const report = describeSurface(makeFolder(files)).get('packages/sdk/api/index.api.md');
  expect(report).toContain('export function call(options: Options): string;');
  expect(report).toMatch(/^interface Options \{\n {4}depth\?: number;\n\}$/m);
});

test('the report on the package shows engines and dependencies, and nothing of its development', () => {
  const report = describeSurface(makeFolder(files)).get('packages/sdk/api/package.md');
  expect(report).toContain('">=20"');
  expect(report).toContain('"left": "^1.0.0"');
  expect(report).toContain('./dist/index.d.ts');
  expect(report).not.toContain('right');
});

test('a new entry and a new package have reports by themselves, a private one has none', () => {
  const root = makeFolder({
    ...files,
    ...change({ exports: { ...manifest.exports, './far/away': { types: './dist/far.d.ts' } } }),
    'packages/sdk/dist/far.d.ts': '/** Far. */\nexport declare const far: number;\n',
    'packages/other/package.json': JSON.stringify({ ...manifest, name: '@sync3/other' }),
    'packages/other/dist/index.d.ts': '/** Other. */\nexport declare const other: number;\n',
    'packages/own/package.json': JSON.stringify({ ...manifest, private: true }),
  });
  expect([...describeSurface(root).keys()].sort()).toEqual([
    'packages/other/api/index.api.md',
    'packages/other/api/package.md',
    'packages/sdk/api/far-away.api.md',
    'packages/sdk/api/index.api.md',
    'packages/sdk/api/package.md',
  ]);
});

test('a type that another entry exports is not shown again', () => {
  const root = makeFolder({
    ...files,
    ...change({ exports: { ...manifest.exports, './near': { types: './dist/near.d.ts' } } }),
    'packages/sdk/dist/near.d.ts': `import type { Shared } from './shared.js';
/** Near. */
export declare const near: Shared;
`,
    'packages/sdk/dist/shared.d.ts':
      '/** Shared. */\nexport interface Shared {\n  /** One. */\n  size?: 1;\n}\n',
    'packages/sdk/dist/index.d.ts': "export type { Shared } from './shared.js';\n",
  });
  const reports = describeSurface(root);
  expect(reports.get('packages/sdk/api/index.api.md')).toContain('size?: 1');
  expect(reports.get('packages/sdk/api/near.api.md')).not.toContain('size?: 1');
});

test('what is deprecated is marked', () => {
  const root = makeFolder({
    ...files,
    'packages/sdk/dist/index.d.ts':
      '/**\n * Old.\n *\n * @deprecated Use the new one.\n */\nexport declare const old: number;\n',
  });
  expect(describeSurface(root).get('packages/sdk/api/index.api.md')).toContain('@deprecated');
});

test('an export or a member without doc comment is named', () => {
  const root = makeFolder({
    ...files,
    'packages/sdk/dist/index.d.ts': `export declare const bare: number;
/** Has a comment. */
export interface Shape {
  width: number;
}
`,
  });
  const message = (expected: string) => expect.objectContaining({ message: expected });
  expect(() => describeSurface(root)).toThrow(
    message(
      [
        'These exports have no doc comment. Write one in the source and build again.',
        '  @sync3/sdk: export const bare: number;',
        '  @sync3/sdk: export interface Shape: width: number;',
      ].join('\n'),
    ),
  );
});

test('the help of a command is part of the report', () => {
  const root = makeFolder({
    ...files,
    ...change({ bin: { hello: './dist/hello.js' } }),
    'packages/sdk/dist/hello.js': "console.log('You said', process.argv[2]);\n",
  });
  expect(describeSurface(root).get('packages/sdk/api/package.md')).toContain(
    '## `hello --help`\n\n```\nYou said --help\n```\n',
  );
});

test('a package that is not built, and an entry without types, are errors that say so', () => {
  const unbuilt = makeFolder(change({}));
  expect(() => describeSurface(unbuilt)).toThrow(
    '@sync3/sdk: ./dist/index.d.ts is missing. Run "pnpm build" first.',
  );
  const untyped = makeFolder({ ...files, ...change({ exports: { '.': './dist/index.js' } }) });
  expect(() => describeSurface(untyped)).toThrow('the entry "." of exports has no "types"');
});

test('an entry whose types are not declarations is an error', () => {
  const root = makeFolder({
    ...change({ exports: { '.': { types: './src/index.ts' } } }),
    'packages/sdk/src/index.ts': 'export const size = 1;\n',
  });
  expect(() => describeSurface(root)).toThrow('is not a declaration file');
});

test('a difference is shown with its path, its lines and what to do', () => {
  const root = makeFolder(files);
  writeReports(root, describeSurface(root));
  expect(compareReports(readReports(root), describeSurface(root))).toBeUndefined();
  changeFiles(root, {
    'packages/sdk/dist/index.d.ts': '/** A call. */\nexport declare function call(): string;\n',
  });
  const difference = compareReports(readReports(root), describeSurface(root));
  expect(difference).toContain('run "pnpm surface" and commit the reports');
  expect(difference).toContain('packages/sdk/api/index.api.md:\n@@');
  expect(difference).toContain('\n-export function call(options: Options): string;');
  expect(difference).toContain('\n+export function call(): string;');
});

test('a long difference is cut, and says by how much', () => {
  const lines = (word: string) => Array.from({ length: 100 }, () => `${word}\n`).join('');
  const difference = compareReports(new Map([['a', lines('x')]]), new Map([['a', lines('y')]]));
  expect(difference?.split('\n').length).toBeLessThan(50);
  expect(difference).toMatch(/\.\.\. and 161 more lines$/);
});

test('the report of an entry that is gone is stale, and removed when the reports are written', () => {
  const stale = 'packages/sdk/api/gone.api.md';
  const root = makeFolder({ ...files, [stale]: 'old' });
  const reports = describeSurface(root);
  expect(compareReports(readReports(root), reports)).toContain(
    `${stale}: there is no such entry any more.`,
  );
  writeReports(root, reports);
  expect(existsSync(join(root, stale))).toBe(false);
});
