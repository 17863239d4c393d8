import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { judgeBase } from '../src/judge-base.ts';
import {
  changeFiles,
  commitAll,
  environment,
  type Files,
  git,
  makeFolder,
} from './sample-repository.ts';

// What is called here reads the repository with git: without what a hook that runs the tests has set.
for (const name of Object.keys(process.env)) if (/^GIT_/.test(name)) delete process.env[name];

const program = fileURLToPath(new URL('../src/check-base.ts', import.meta.url));

const manifest = (version: string) =>
  JSON.stringify({
    name: '@sync3/sdk',
    version,
    type: 'module',
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './node': { types: './dist/node.d.ts', default: './dist/node.js' },
    },
  });

/** Without the libraries of browsers and Node, which the compiler reads for longer than all the rest. */
const compilerOptions = {
  strict: true,
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2022'],
  types: [],
};

const types = `export declare class Address { constructor(text: string) }
export interface Options { url: string | Address; retries?: number | undefined }
export interface Result { cost: number }
export declare function run(options: Options): Result;
export declare class Failure extends Error { code: string }
`;

const base: Files = {
  '.gitignore': 'dist/\nnode_modules/\n',
  '.changeset/old.md':
    "---\n'@sync3/sdk': minor\n---\n\nAnother change, which waits for its release.\n",
  'packages/sdk/package.json': manifest('0.3.0'),
  'packages/sdk/dist/index.d.ts': types,
  'packages/sdk/dist/node.d.ts': 'export declare function file(path: string): Blob;\n',
  'packages/sdk/test/types/tsconfig.json': JSON.stringify({
    compilerOptions: { ...compilerOptions, skipLibCheck: true },
    include: ['right.ts', 'wrong'],
  }),
  'packages/sdk/test/types/right.ts': `import { Address, Failure, type Options, run } from '../../src/index.js';
export const options: Options = { url: new Address('https://example.com'), retries: 1 };
export const cost: number = run(options).cost;
export const failure = new Failure('').code;
`,
  'packages/sdk/test/types/wrong/text.ts': `import type { Options } from '../../../src/index.js';
export const options: Options = { url: 1 };
`,
};

/** They find the packages by name, with the libraries of browsers and Node. */
const consumers: Files = {
  'tooling/shop/consumers/order.ts': `import { run } from '@sync3/sdk';
import { file } from '@sync3/sdk/node';
export const result = run({ url: 'https://example.com' });
export const clip = file('a.mp4');
`,
};

const declaration = (bump: string, name = '@sync3/sdk'): Files => ({
  '.changeset/new.md': `---\n'${name}': ${bump}\n---\n\nSay url.\n`,
});

/** A clone with one commit on main, and the change on a branch. */
function makeRepository(change: Files, version = '0.3.0', more: Files = {}): string {
  const root = makeFolder({ ...base, ...more, 'packages/sdk/package.json': manifest(version) });
  git(root, 'init', '--quiet', '--initial-branch=main');
  commitAll(root, 'base');
  git(root, 'switch', '--quiet', '--create', 'change');
  changeFiles(root, change);
  return root;
}

/** Runs the program, as a workflow does. */
function runCheck(root: string, parameters: string[] = [], variables: NodeJS.ProcessEnv = {}) {
  const env = { ...environment, ...variables };
  const all = [program, '--root', root, ...parameters];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8', env });
  return { status, output: stdout + stderr };
}

/** What the program prints and exits with, without a process for it. */
function check(root: string, base?: string): { status: number; output: string } {
  const { failed, text } = judgeBase(root, { base, environment });
  return { status: failed ? 1 : 0, output: text };
}

const withTypes = (from: string, to: string): Files => ({
  'packages/sdk/dist/index.d.ts': types.replace(from, to),
});

const renamed = withTypes('url:', 'address:');

test.each<[string, Files, string, Files?]>([
  ['a removed export', withTypes('export declare class Failure', 'declare class Gone'), 'TS2305'],
  ['a renamed option', renamed, "'url' does not exist in type 'Options'"],
  ['a narrowed parameter', withTypes('string | Address', 'string'), "'Address' is not assignable"],
  [
    'a widened result',
    withTypes('cost: number', 'cost: number | undefined'),
    "\n    Type 'undefined' is not assignable",
  ],
  ['a new required option', withTypes('url:', 'key: string; url:'), "Property 'key' is missing"],
  [
    'a value that became a type',
    withTypes('declare function run(options: Options):', 'type run ='),
    'TS',
  ],
  [
    'a removed entry',
    {
      'packages/sdk/package.json': manifest('0.3.0').replace('./node', './files'),
    },
    "Cannot find module '@sync3/sdk/node'",
    consumers,
  ],
  [
    'a package that is gone',
    { 'packages/sdk/package.json': manifest('0.3.0').replace('"name"', '"private":true,"name"') },
    "Cannot find module '@sync3/sdk'",
    consumers,
  ],
])('%s fails, and says where, why and what to do', (_, change, message, more) => {
  const { status, output } = check(makeRepository(change, '0.3.0', more));
  expect(output).toContain(message);
  expect(output).toMatch(
    /^(packages\/sdk\/test\/types\/right|tooling\/shop\/consumers\/order)\.ts:\d+ \(at /m,
  );
  expect(output).toContain('add a changeset ("pnpm changeset") with:\n  \'@sync3/sdk\': minor');
  expect(status).toBe(1);
});

test.each<[string, Files]>([
  ['no change', {}],
  ['an added option', withTypes('url:', 'depth?: number; url:')],
  ['an added export', withTypes('export', 'export declare const more: number;\nexport')],
  ['a widened parameter', withTypes('string | Address', 'string | Address | Blob')],
  ['a narrowed result', withTypes('cost: number', 'cost: 1')],
  ['type tests that were changed alone', { 'packages/sdk/test/types/right.ts': 'broken(' }],
])('%s passes', (_, change) => {
  const { status, output } = check(makeRepository(change));
  expect(output).toMatch(/^1 files of the type tests of \w{10} were compiled/);
  expect(output).not.toContain('no longer compiles');
  expect(status).toBe(0);
});

test('consumers are compiled beside the type tests of the packages', () => {
  const { status, output } = check(makeRepository({}, '0.3.0', consumers));
  expect(output).toMatch(/^2 files of the type tests of \w{10} were compiled/);
  expect(status).toBe(0);
});

test.each([
  ['0.3.0', 'minor', 0],
  ['0.3.0', 'major', 0],
  ['0.3.0', 'patch', 1],
  ['1.2.0', 'major', 0],
  ['1.2.0', 'minor', 1],
  ['10.0.0', 'minor', 1],
])('from %s on, a changeset that declares %s ends with %i', (version, bump, expected) => {
  const { status, output } = check(makeRepository({ ...renamed, ...declaration(bump) }, version));
  expect(output).toContain('no longer compiles');
  expect(status).toBe(expected);
});

test('the changeset may be committed', () => {
  const root = makeRepository({ ...renamed, ...declaration('minor') });
  commitAll(root, 'change');
  expect(check(root).status).toBe(0);
});

test('a changeset for another package declares nothing', () => {
  const change = { ...renamed, ...declaration('major', '@sync3/generated') };
  expect(check(makeRepository(change)).status).toBe(1);
});

test('a break that can be of two packages names both, and the released one counts', () => {
  const other = (version: string): Files => ({
    'packages/other/package.json': manifest(version).replace('sdk', 'other'),
    'packages/other/dist/index.d.ts': types,
    'tooling/shop/consumers/order.ts': `import { run } from '@sync3/sdk';
import { run as other } from '@sync3/other';
export const results = [run({ url: '' }), other({ url: '' })];
`,
    'packages/sdk/test/types/right.ts': 'export {};\n',
  });
  const both = makeRepository(other('0.3.0'));
  commitAll(both, 'base');
  changeFiles(both, renamed);
  expect(check(both, 'HEAD').output).toContain(
    "with the one of these that it is about:\n  '@sync3/sdk': minor\n  '@sync3/other': minor",
  );
  changeFiles(both, withTypes('export declare function run', 'declare function gone'));
  // Here the compiler names the package.
  expect(check(both, 'HEAD').output).toContain("with:\n  '@sync3/sdk': minor");
  const one = makeRepository(other('0.0.0'));
  commitAll(one, 'base');
  changeFiles(one, renamed);
  const { status, output } = check(one, 'HEAD');
  expect(output).toContain("with:\n  '@sync3/sdk': minor");
  expect(status).toBe(1);
});

test('a changeset that cannot be read is named', () => {
  const root = makeRepository({ ...renamed, '.changeset/new.md': 'no head' });
  const { status, output } = runCheck(root);
  expect(output).toContain('.changeset/new.md is no changeset');
  expect(status).toBe(1);
});

test('before the first release nobody is broken, and the break is told', () => {
  const { status, output } = check(makeRepository(renamed, '0.0.0'));
  expect(output).toContain('no longer compiles');
  expect(output).toContain('This breaks nobody: @sync3/sdk has not been released.');
  expect(status).toBe(0);
});

test('a release that is made by the change itself does not count as one', () => {
  const change = { ...renamed, 'packages/sdk/package.json': manifest('0.1.0') };
  expect(check(makeRepository(change, '0.0.0')).status).toBe(0);
});

test('what was wrong at the base and compiles now is told, and is no break', () => {
  const { status, output } = check(makeRepository(withTypes('string | Address', 'any')));
  expect(output).toContain('packages/sdk/test/types/wrong/text.ts did not compile at the base');
  expect(status).toBe(0);
});

const example: Files = {
  'pnpm-lock.yaml': 'one',
  'examples/shop/tsconfig.json': JSON.stringify({
    compilerOptions: { ...compilerOptions, noEmit: true },
  }),
  'examples/shop/main.ts':
    "import type { Options } from '@sync3/sdk';\nexport const { retries }: Options = { url: '' };\n",
};

test.each([
  ['counts', {}, 1],
  ['does not count when other libraries have changed, too', { 'pnpm-lock.yaml': 'two' }, 0],
])('an example that no longer compiles %s', (_, lockfile: Files, expected) => {
  const root = makeRepository(example);
  commitAll(root, 'an example');
  git(root, 'branch', '--force', 'main');
  changeFiles(root, { ...withTypes('retries?', 'attempts?'), ...lockfile });
  // Without the other type tests, which would fail as well.
  git(root, 'rm', '--quiet', '-r', 'packages/sdk/test');
  git(root, 'commit', '--quiet', '--message', 'no other tests');
  git(root, 'branch', '--force', 'main');
  const { status, output } = check(root, 'HEAD');
  expect(output).toContain('examples/shop/main.ts:2');
  expect(output).toContain("'retries' does not exist");
  expect(status).toBe(expected);
});

test('the base is where the branch has left main, not the end of main', () => {
  const root = makeRepository({ 'packages/sdk/notes.txt': 'change' });
  commitAll(root, 'change');
  git(root, 'switch', '--quiet', 'main');
  changeFiles(root, {
    'tooling/shop/consumers/later.ts': "import { later } from '@sync3/sdk';\nlater();\n",
  });
  commitAll(root, 'later');
  git(root, 'switch', '--quiet', 'change');
  expect(check(root).status).toBe(0);
  expect(check(root, 'main').status).toBe(0);
});

test('in a pull request the base is the branch that it goes to', () => {
  const root = makeRepository(renamed);
  git(root, 'update-ref', 'refs/remotes/origin/next', 'main');
  commitAll(root, 'change');
  git(root, 'branch', '--force', 'main');
  expect(runCheck(root, [], { GITHUB_BASE_REF: 'next' }).status).toBe(1);
});

test('on main the base is the commit before', () => {
  const root = makeRepository({}, '0.3.0', consumers);
  git(root, 'switch', '--quiet', 'main');
  changeFiles(root, {
    'tooling/shop/consumers/order.ts': undefined,
    'packages/sdk/test/types/right.ts': undefined,
    ...renamed,
  });
  commitAll(root, 'change');
  const { status, output } = check(root);
  expect(output).toContain(git(root, 'rev-parse', 'HEAD^').slice(0, 10));
  expect(status).toBe(1);
});

test('a base that this clone does not have is an error that says what to fetch', () => {
  const root = makeRepository({});
  for (const result of [
    runCheck(root, ['--base', 'v9']),
    runCheck(root, ['--base', '--output=x']),
    runCheck(root, [], { GITHUB_BASE_REF: 'main' }),
  ]) {
    expect(result.status).toBe(1);
  }
  const { output } = runCheck(root, [], { GITHUB_BASE_REF: 'main' });
  expect(output).toContain('The base "origin/main" and this change have no common commit');
  expect(output).toContain('fetch-depth: 0');
});

test('without history there is nothing to compare with, which is no failure', () => {
  const root = makeRepository({});
  const clone = join(makeFolder({}), 'clone');
  git(root, 'switch', '--quiet', 'main');
  commitAll(root, 'more');
  git(root, 'clone', '--quiet', '--depth=1', `file://${root}`, clone);
  for (const folder of [clone, makeFolder(base)]) {
    const { status, output } = check(folder);
    expect(output).toContain('There is nothing to compare the types with');
    expect(status).toBe(0);
  }
});

test('nothing is left behind, and the work tree stays as it was', () => {
  const temporary = makeFolder({});
  const root = makeRepository(renamed);
  const status = git(root, 'status', '--porcelain', '--ignored');
  expect(runCheck(root, [], { TMPDIR: temporary }).status).toBe(1);
  expect(readdirSync(temporary)).toEqual([]);
  expect(git(root, 'status', '--porcelain', '--ignored')).toBe(status);
});
