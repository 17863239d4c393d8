import { existsSync, readFileSync } from 'node:fs';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { hasPatch, patchOf, readProposal } from '../src/proposal/proposal.ts';
import { createScene, type Scene, writeFiles } from './scene.ts';

const upstream = 'openapi/upstream/sync-3.json';
/** What `pnpm spec:update --json` prints. */
const answer = {
  changed: true,
  dryRun: false,
  source: 'https://example.com/schema.json',
  bump: 'minor',
  packages: { '@sync3/generated': 'minor' },
  changes: [],
  changeset: '.changeset/document.md',
  changelog: '### Added\n\n- `loop` is new.\n',
  forPeople: [] as object[],
  heldBack: [] as object[],
};
const decision = {
  pointer: '#/paths/~1jobs',
  text: 'A second operation.\nNothing calls it.',
  file: 'packages/sdk/src/client.ts',
};

/** Stands in for the update itself, which has tests of its own. */
const update = (text: string) => `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
const isPartly = process.argv.includes('--partly');
appendFileSync('arguments.txt', JSON.stringify(process.argv.slice(2)) + '\\n');
${text}`;
const change = (answer: object, content = '{"loop":true}') => `
writeFileSync('${upstream}', ${JSON.stringify(content)});
mkdirSync('.changeset');
writeFileSync('.changeset/document.md', 'loop');
console.log(${JSON.stringify(JSON.stringify(answer))});`;

let scene: Scene;
afterEach(() => scene.remove());

async function prepare(script: string, tests: string, source = '') {
  scene = await createScene({
    [upstream]: '{}\n',
    '.gitignore': 'arguments.txt\n',
    'package.json': JSON.stringify({ scripts: { 'spec:update': 'node update.mjs' } }),
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
  const [part, whole] = [join(folder, 'spec-update'), join(folder, 'held-back')];
  return { clone, folder, part, whole, printed, output: readFileSync(output, 'utf8') };
}

const filesOf = async (folder: string) => {
  const patch = await readFile(patchOf(folder), 'utf8');
  return [...patch.matchAll(/^diff --git a\/(\S+)/gm)].map(([, file]) => file);
};

test('nothing changed: nothing is kept and no test is run', async () => {
  const unchanged = JSON.stringify({ ...answer, changed: false });
  const run = await prepare(`console.log(${JSON.stringify(unchanged)})`, 'touch ran');
  expect(run.output).toBe('changed=false\nheld-back=false\n');
  expect(existsSync(run.folder)).toBe(false);
  expect(existsSync(join(run.clone, 'ran'))).toBe(false);
});

test('a change is kept as a patch with its text, without what the tests leave behind', async () => {
  const run = await prepare(
    change(answer),
    'echo hello; echo x > left.txt; echo "3 passed, 0 failed"',
  );
  expect(run.output).toBe('changed=true\nheld-back=false\n');
  expect(run.printed).toContain('hello');
  expect(await filesOf(run.part)).toEqual(['.changeset/document.md', upstream]);
  expect(readProposal(run.part)).toEqual({
    bump: 'minor',
    text: answer.changelog.trim(),
    failures: [],
    isDraft: false,
  });
});

test('what is left for a person stands below the changelog', async () => {
  const { part } = await prepare(change({ ...answer, forPeople: [decision] }), 'exit 0');
  const { text, isDraft } = readProposal(part);
  expect(text.startsWith(answer.changelog.trim())).toBe(true);
  expect(text).toContain(
    '## Left for a person\n\n    #/paths/~1jobs\n    A second operation.\n    Nothing calls it.\n' +
      '    Edit packages/sdk/src/client.ts.',
  );
  expect(isDraft).toBe(false);
});

test('what a person has to decide does not hold back the rest', async () => {
  const part = change({ ...answer, heldBack: [decision] });
  const whole = change({ ...answer, bump: 'major' }, '{"loop":true,"jobs":true}');
  const run = await prepare(`if (isPartly) {${part}} else {${whole}}`, 'exit 0');
  expect(run.output).toBe('changed=true\nheld-back=true\n');
  expect(readProposal(run.part)).toMatchObject({ bump: 'minor', isDraft: false });
  expect(await readFile(patchOf(run.part), 'utf8')).not.toContain('jobs');
  expect(readProposal(run.part).text).toContain('## Not in here, since a person has to decide it');

  const { text, isDraft, bump } = readProposal(run.whole);
  expect([isDraft, bump]).toEqual([true, 'major']);
  expect(text).toMatch(/^## What a person has to decide\n\n {4}#\/paths\/~1jobs\n/);
  expect(text).toContain('Edit packages/sdk/src/client.ts.');
  expect(text.endsWith(answer.changelog.trim())).toBe(true);
  expect(await filesOf(run.whole)).toEqual(['.changeset/document.md', upstream]);
  expect(await readFile(patchOf(run.whole), 'utf8')).toContain('+{"loop":true,"jobs":true}');
});

test('nothing but what a person has to decide: there is a draft, and no test is run', async () => {
  const part = `console.log(${JSON.stringify(JSON.stringify({ ...answer, changed: false, heldBack: [decision] }))})`;
  const run = await prepare(`if (isPartly) {${part}} else {${change(answer)}}`, 'touch ran');
  expect(run.output).toBe('changed=false\nheld-back=true\n');
  expect(existsSync(run.part)).toBe(false);
  expect(existsSync(join(run.clone, 'ran'))).toBe(false);
  expect(readProposal(run.whole).isDraft).toBe(true);
});

test('what is refused as a whole has its reason, and no change', async () => {
  const refusal = 'console.error("allOf/3: no rule"); process.exit(1);';
  const part = change({ ...answer, heldBack: [decision] });
  const run = await prepare(`if (isPartly) {${part}} else {${refusal}}`, 'exit 0');
  expect(run.output).toBe('changed=true\nheld-back=true\n');
  expect(hasPatch(run.whole)).toBe(false);
  const { text } = readProposal(run.whole);
  expect(text).toMatch(/^## What a person has to decide\n/);
  expect(text).toContain('## The document was refused\n\n    allOf/3: no rule');
});

test('a document of which nothing can be taken is told with its reason, and is no failure', async () => {
  const refusal = 'console.error("sync-3.json:1: this is no OpenAPI document"); process.exit(1)';
  const run = await prepare(refusal, 'exit 0');
  expect(run.output).toBe('changed=false\nheld-back=true\n');
  expect(hasPatch(run.whole)).toBe(false);
  expect(readProposal(run.whole).text).toBe(
    '## The document was refused\n\n    sync-3.json:1: this is no OpenAPI document',
  );
});

test('what fails is named as the tests name it at their end', async () => {
  const end =
    'printf "failed: a.test.ts > adds\nAssertionError\n\nFailed: Tests, Types.\n"; exit 1';
  const { part } = await prepare(change(answer), end);
  expect(readProposal(part).failures).toEqual(['a.test.ts > adds', 'Failed: Tests, Types.']);
});

test('tests that end before their end are a failure, too', async () => {
  const { part } = await prepare(change(answer), 'exit 137');
  expect(readProposal(part).failures).toEqual(['The tests ended with 137 before their end.']);
});

test('the address of another document is one argument, whatever it holds', async () => {
  const source = 'https://example.com/$(touch x)?a=b c&d';
  const { clone } = await prepare(change(answer), 'exit 0', source);
  const given = await readFile(join(clone, 'arguments.txt'), 'utf8');
  expect(JSON.parse(given)).toEqual(['--json', '--partly', '--from', source]);
  expect(existsSync(join(clone, 'x'))).toBe(false);
});
