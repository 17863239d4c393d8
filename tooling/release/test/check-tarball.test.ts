import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkTarball } from '../src/packages/check-tarball.ts';
import { runProgram } from '../src/run-program.ts';
import { writeFiles } from './scene.ts';

const versions = new Map([
  ['@sync3-test/client', '1.2.0'],
  ['@sync3-test/core', '1.2.0'],
]);
const manifest = {
  name: '@sync3-test/client',
  version: '1.2.0',
  description: 'A client',
  license: 'MIT',
  keywords: ['test'],
  engines: { node: '>=20' },
  homepage: 'https://example.com',
  bugs: 'https://example.com',
  repository: { url: 'https://example.com' },
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  bin: { client: './dist/cli.js' },
  dependencies: { '@sync3-test/core': '1.2.0', ajv: '8.20.0' },
};
const files: Record<string, string> = {
  LICENSE: 'MIT',
  'README.md': '# Client',
  'dist/index.js': 'export {};\n',
  'dist/index.d.ts': 'export {};\n',
  'dist/cli.js': '#!/usr/bin/env node\n',
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync3-check-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What is wrong with the package above after these changes; an undefined text removes a file. */
async function faultsOf(
  fields: Record<string, unknown>,
  texts: Record<string, string | undefined> = {},
): Promise<string[]> {
  const all = { ...files, 'package.json': JSON.stringify({ ...manifest, ...fields }), ...texts };
  const kept = Object.entries(all).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  await writeFiles(join(folder, 'package'), Object.fromEntries(kept));
  const tarball = join(folder, 'package.tgz');
  await runProgram('tar', ['-czf', tarball, '-C', folder, 'package'], folder);
  return checkTarball(tarball, versions);
}

test('a package that is as it should be has no fault', async () => {
  expect(await faultsOf({})).toEqual([]);
});

const { types, default: code } = manifest.exports['.'];

test.each<[string, Record<string, unknown>, Record<string, string | undefined>, string]>([
  ['a workspace range', { dependencies: { ajv: 'workspace:*' } }, {}, 'ajv is "workspace:*".'],
  ['a catalog range', { dependencies: { ajv: 'catalog:' } }, {}, 'ajv is "catalog:".'],
  [
    'an old version of a sister package',
    { dependencies: { '@sync3-test/core': '1.1.0' } },
    {},
    '@sync3-test/core is "1.1.0", not "1.2.0".',
  ],
  [
    'its own old version',
    { version: '1.1.0' },
    {},
    'It is @sync3-test/client 1.1.0, which is not the version to publish.',
  ],
  ['scripts', { scripts: {} }, {}, '"scripts" is of use in the repository only.'],
  [
    'development dependencies',
    { devDependencies: {} },
    {},
    '"devDependencies" is of use in the repository only.',
  ],
  ['no repository', { repository: undefined }, {}, '"repository" is missing.'],
  ['no licence', {}, { LICENSE: undefined }, 'LICENSE is missing or empty.'],
  ['an empty README', {}, { 'README.md': '\n' }, 'README.md is missing or empty.'],
  ['no types', { exports: { '.': { default: code } } }, {}, 'The entry "." has no types first.'],
  [
    'types behind the code',
    { exports: { '.': { default: code, types } } },
    {},
    'The entry "." has no types first.',
  ],
  [
    'an entry that is gone',
    {},
    { 'dist/index.js': undefined },
    '"." leads to ./dist/index.js: not there.',
  ],
  [
    'a command that is gone',
    {},
    { 'dist/cli.js': undefined },
    'The command client leads to ./dist/cli.js: no program for Node.',
  ],
  ['a test', {}, { 'dist/a.test.js': '' }, 'dist/a.test.js must not be published.'],
  [
    'a report of tests',
    {},
    { '.vitest/test.json': '{}' },
    '.vitest/test.json must not be published.',
  ],
  ['sources', {}, { 'src/index.ts': '' }, 'src/index.ts must not be published.'],
  [
    'a source map that is not there',
    {},
    { 'dist/index.js': 'export {};\n//# sourceMappingURL=index.js.map\n' },
    'dist/index.js names the source map index.js.map, which is not there.',
  ],
])('%s is found', async (_, fields, texts, fault) => {
  expect(await faultsOf(fields, texts)).toEqual([fault]);
});

test('source maps beside their code, and the new database of a ledger, are no faults', async () => {
  const code = 'export {};\n//# sourceMappingURL=index.js.map\n';
  const files = { 'dist/index.js': code, 'dist/index.js.map': '{}' };
  const archive = { 'dist/database/new-database.tar.br': noise(600_000) };
  expect(await faultsOf({}, { ...files, ...archive })).toEqual([]);
});

test('a package that has grown beyond measure is found', async () => {
  const [fault] = await faultsOf({}, { 'dist/data.json': noise(600_000) });
  expect(fault).toMatch(/^It has \d+ bytes, more than 400000\.$/);
});

/** Text that does not compress to nothing. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}
