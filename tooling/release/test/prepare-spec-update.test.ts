import { existsSync, readFileSync } from 'node:fs';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { patchOf, readProposal } from '../src/proposal/proposal.ts';
import { createScene, type Scene, writeFiles } from './scene.ts';

const upstream = 'openapi/upstream/sync-3.json';
/** An answer of `pnpm spec:update --json`. */
const answer = {
  changed: true,
  dryRun: false,
  source: 'https://example.com/schema.json',
  bump: 'minor',
  packages: { '@sync3/generated': 'minor' },
  changes: [],
  changeset: '.changeset/document.md',
  changelog: '### Added\n\n- `loop` is new.\n',
  rules: [
    { kind: 'missing', text: 'settings.loop: a boolean.\n  Write a rule.', file: 'a.ts' },
    { kind: 'vanished', text: 'settings.sync: no longer.', file: 'a.ts' },
  ],
};

/** Stands in for the update itself, which has tests of its own. */
const update = (text: string) => `
import { mkdirSync, writeFileSync } from 'node:fs';
writeFileSync('arguments.txt', JSON.stringify(process.argv.slice(2)));
${text}`;
const change = `
writeFileSync('${upstream}', '{"loop":true}');
mkdirSync('.changeset');
writeFileSync('.changeset/document.md', 'loop');
console.log(${JSON.stringify(JSON.stringify(answer))});`;

let scene: Scene;
afterEach(() => scene.remove());

const report = 'packages/generated/api/index.api.md';

async function prepare(script: string, tests: string, source = '', surface = '') {
  scene = await createScene({
    [upstream]: '{}\n',
    '.gitignore': 'arguments.txt\n',
    'package.json': JSON.stringify({
      scripts: { 'spec:update': 'node update.mjs', surface: 'node surface.mjs' },
    }),
    'surface.mjs': surface,
    'update.mjs': update(script),
    '.ci/run': `#!/bin/sh\n${tests}\n`,
  });
  const clone = await scene.checkOut();
  await chmod(join(clone, '.ci/run'), 0o755);
  await scene.git(clone, 'commit', '--quiet', '--all', '--message', 'run');
  const [folder, output] = [join(scene.folder, 'proposal'), join(scene.folder, 'output.txt')];
  await writeFiles(scene.folder, { 'output.txt': '' });
  const printed = await scene.script('prepare-spec-update.ts', clone, {
    PROPOSAL: folder,
    SPEC_SOURCE: source,
    GITHUB_OUTPUT: output,
  });
  return { clone, folder, printed, output: readFileSync(output, 'utf8') };
}

test('nothing changed: nothing is kept and no test is run', async () => {
  const unchanged = JSON.stringify({ ...answer, changed: false });
  const run = await prepare(`console.log(${JSON.stringify(unchanged)})`, 'touch ran');
  expect(run.output).toBe('changed=false\n');
  expect(existsSync(run.folder)).toBe(false);
  expect(existsSync(join(run.clone, 'ran'))).toBe(false);
});

test('a change is kept as a patch with its text, without what the tests leave behind', async () => {
  const run = await prepare(change, 'echo hello; echo x > left.txt; echo "3 passed, 0 failed"');
  expect(run.output).toBe('changed=true\n');
  expect(run.printed).toContain('hello');
  const patch = await readFile(patchOf(run.folder), 'utf8');
  const files = [...patch.matchAll(/^diff --git a\/(\S+)/gm)].map(([, file]) => file);
  expect(files).toEqual(['.changeset/document.md', upstream]);
  const { bump, text, failures } = readProposal(run.folder);
  expect(bump).toBe('minor');
  expect(text.startsWith(answer.changelog.trim())).toBe(true);
  expect(text).toMatch(
    /## Rules to write or change\n\n {4}settings.loop: a boolean.\n {6}Write a rule.\n\n {4}settings.sync: no longer.$/,
  );
  expect(failures).toEqual([]);
});

test('the reports on what the packages publish are written anew', async () => {
  const surface = `
import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync('packages/generated/api', { recursive: true });
writeFileSync('${report}', 'loop: boolean;');`;
  const { folder } = await prepare(change, 'exit 0', '', surface);
  expect(await readFile(patchOf(folder), 'utf8')).toContain(`diff --git a/${report}`);
});

test('reports that cannot be written leave it to the tests to say so', async () => {
  const { folder } = await prepare(change, 'exit 0', '', 'process.exit(1)');
  expect(readProposal(folder).failures).toEqual([]);
});

test('what fails is named as the tests name it at their end', async () => {
  const end =
    'printf "failed: a.test.ts > adds\\nAssertionError\\n\\nFailed: Tests, Types.\\n"; exit 1';
  const { folder } = await prepare(change, end);
  expect(readProposal(folder).failures).toEqual(['a.test.ts > adds', 'Failed: Tests, Types.']);
});

test('tests that end before their end are a failure, too', async () => {
  const { folder } = await prepare(change, 'exit 137');
  expect(readProposal(folder).failures).toEqual(['The tests ended with 137 before their end.']);
});

test('the address of another document is one argument, whatever it holds', async () => {
  const source = 'https://example.com/$(touch x)?a=b c&d';
  const { clone } = await prepare(change, 'exit 0', source);
  const given = await readFile(join(clone, 'arguments.txt'), 'utf8');
  expect(JSON.parse(given)).toEqual(['--json', '--from', source]);
  expect(existsSync(join(clone, 'x'))).toBe(false);
});

test('a refused update fails with its message, and keeps nothing', async () => {
  const refusal = 'console.error("sync-3.json:1: this is no OpenAPI document"); process.exit(1)';
  await expect(prepare(refusal, 'exit 0')).rejects.toThrow('this is no OpenAPI document');
  expect(existsSync(join(scene.folder, 'proposal'))).toBe(false);
});
