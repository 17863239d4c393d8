import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compareReports } from '../src/compare-reports.ts';
import {
  describeSurface,
  type Reports,
  readReports,
  writeReports,
} from '../src/surface-reports.ts';
import { changeFiles, type Files, makeFolder, writeFolder } from './sample-repository.ts';

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

/** A repository with one of everything. To analyse it takes as long as to analyse the smallest. */
const everything: Files = {
  ...files,
  ...change({
    exports: {
      ...manifest.exports,
      './far/away': { types: './dist/far.d.ts' },
      './near': { types: './dist/near.d.ts' },
      './shared': { types: './dist/shared.d.ts' },
    },
    bin: { hello: './dist/hello.js' },
  }),
  'packages/sdk/dist/far.d.ts':
    '/**\n * Old.\n *\n * @deprecated Use the new one.\n */\nexport declare const old: number;\n',
  'packages/sdk/dist/near.d.ts': `import type { Shared } from './shared.js';
/** Near. */
export declare const near: Shared;
`,
  'packages/sdk/dist/shared.d.ts':
    '/** Shared. */\nexport interface Shared {\n  /** One. */\n  size?: 1;\n}\n',
  'packages/sdk/dist/hello.js': "console.log('You said', process.argv[2]);\n",
  'packages/other/package.json': JSON.stringify({ ...manifest, name: '@sync3/other' }),
  'packages/other/dist/index.d.ts': '/** Other. */\nexport declare const other: number;\n',
  'packages/own/package.json': JSON.stringify({ ...manifest, private: true }),
};

describe('of a repository,', () => {
  let reports: Reports;
  beforeAll(() => {
    const root = writeFolder(everything);
    try {
      reports = describeSurface(root);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  test('every entry and every package has a report by itself, a private one has none', () => {
    expect([...reports.keys()].sort()).toEqual([
      'packages/other/api/index.api.md',
      'packages/other/api/package.md',
      'packages/sdk/api/far-away.api.md',
      'packages/sdk/api/index.api.md',
      'packages/sdk/api/near.api.md',
      'packages/sdk/api/package.md',
      'packages/sdk/api/shared.api.md',
    ]);
  });

  test('a report shows what is exported, and the fields of types that it refers to', () => {
    const report = reports.get('packages/sdk/api/index.api.md');
    expect(report).toContain('export function call(options: Options): string;');
    expect(report).toMatch(/^interface Options \{\n {4}depth\?: number;\n\}$/m);
  });

  test('the report on a package shows engines and dependencies, and nothing of its development', () => {
    const report = reports.get('packages/sdk/api/package.md');
    expect(report).toContain('">=20"');
    expect(report).toContain('"left": "^1.0.0"');
    expect(report).toContain('./dist/index.d.ts');
    expect(report).not.toContain('right');
  });

  test('a type that another entry exports is not shown again', () => {
    expect(reports.get('packages/sdk/api/shared.api.md')).toContain('size?: 1');
    expect(reports.get('packages/sdk/api/near.api.md')).toContain('near: Shared;');
    expect(reports.get('packages/sdk/api/near.api.md')).not.toContain('size?: 1');
  });

  test('what is deprecated is marked', () => {
    expect(reports.get('packages/sdk/api/far-away.api.md')).toContain('@deprecated');
  });

  test('the help of a command is part of the report', () => {
    expect(reports.get('packages/sdk/api/package.md')).toContain(
      '## `hello --help`\n\n```\nYou said --help\n```\n',
    );
  });
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
  const reports = describeSurface(root);
  writeReports(root, reports);
  expect(compareReports(readReports(root), reports)).toBeUndefined();
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
