import { existsSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Proposal, writePatch, writeProposal } from '../src/proposal/proposal.ts';
import { createScene, type Scene, writeFiles } from './scene.ts';

const upstream = 'openapi/upstream/sync-3.json';
const calm: Proposal = { bump: 'minor', text: '### Added\n\n- `loop` is new.', failures: [] };

let scene: Scene;
beforeEach(async () => {
  scene = await createScene({
    [upstream]: '{}\n',
    'tooling/script.ts': 'export {};\n',
    '.github/workflows/ci.yml': 'on: push\n',
    'packages/sdk/package.json': '{ "version": "0.1.0" }\n',
  });
});
afterEach(() => scene.remove());

/** What the job without rights does: a change in one clone becomes a folder of data. */
async function prepare(change: (clone: string) => Promise<void>, proposal = calm) {
  const clone = await scene.checkOut();
  await change(clone);
  const folder = join(clone, '../proposal');
  await rm(folder, { recursive: true, force: true });
  await writePatch(clone, folder);
  writeProposal(folder, proposal);
  return folder;
}

const document = (text: string) => (clone: string) => writeFiles(clone, { [upstream]: text });

/** What the job with rights does, in a clone of its own. */
async function propose(folder: string, kind = 'spec-update') {
  const clone = await scene.checkOut();
  return scene.script('propose.ts', clone, { PROPOSAL: folder }, [kind]);
}

const callsOf = (...start: string[]) =>
  scene.gitHub().calls.filter((call) => start.every((word, index) => call[index] === word));

async function remoteFile(branch: string, path: string) {
  return scene.git(join(scene.folder, 'remote.git'), 'show', `${branch}:${path}`);
}

test('the first change opens a pull request with the changelog as its body, and starts the tests', async () => {
  await propose(await prepare(document('{"a":1}\n')));
  const [pull, ...others] = scene.gitHub().pulls;
  expect(others).toEqual([]);
  expect(pull).toMatchObject({
    head: 'spec-update',
    base: 'main',
    isDraft: false,
    title: 'feat: follow the new document of sync-3',
  });
  expect(pull?.body).toContain(calm.text);
  expect(await remoteFile('spec-update', upstream)).toBe('{"a":1}\n');
  expect(callsOf('workflow')).toEqual([['workflow', 'run', 'ci.yml', '--ref', 'spec-update']]);
});

test('the second change refreshes the same pull request, from the present main branch', async () => {
  await propose(await prepare(document('{"a":1}\n')));
  const main = await scene.checkOut();
  await writeFiles(main, { 'README.md': 'new\n' });
  await scene.push(main, 'main');
  const more: Proposal = { ...calm, bump: 'major', text: 'Another change' };
  await propose(await prepare(document('{"a":2}\n'), more));
  const { pulls } = scene.gitHub();
  expect(pulls).toHaveLength(1);
  expect(pulls[0]).toMatchObject({ title: 'feat!: follow the new document of sync-3' });
  expect(pulls[0]?.body).toContain('Another change');
  expect(pulls[0]?.body).not.toContain('loop');
  expect(await remoteFile('spec-update', upstream)).toBe('{"a":2}\n');
  expect(await remoteFile('spec-update', 'README.md')).toBe('new\n');
  expect(callsOf('workflow')).toHaveLength(2);
});

test('the same change again pushes nothing and starts no tests', async () => {
  await propose(await prepare(document('{"a":1}\n')));
  const before = await scene.git(join(scene.folder, 'remote.git'), 'rev-parse', 'spec-update');
  await propose(await prepare(document('{"a":1}\n')));
  const after = await scene.git(join(scene.folder, 'remote.git'), 'rev-parse', 'spec-update');
  expect(after).toBe(before);
  expect(scene.gitHub().pulls).toHaveLength(1);
  expect(callsOf('workflow')).toHaveLength(1);
});

test('a pull request whose tests fail is a draft that names them below the text, until they pass', async () => {
  const failures = ['test/a.test.ts > adds', 'Failed: Types.'];
  await propose(await prepare(document('{"a":1}\n'), { ...calm, failures }));
  const draft = scene.gitHub().pulls[0];
  expect(draft?.isDraft).toBe(true);
  expect(draft?.body.startsWith(calm.text)).toBe(true);
  expect(draft?.body).toContain(
    '## The tests fail\n\n- `test/a.test.ts > adds`\n- `Failed: Types.`\n\nThis stays a draft',
  );
  await propose(await prepare(document('{"a":2}\n')));
  expect(scene.gitHub().pulls[0]).toMatchObject({ isDraft: false });
  expect(scene.gitHub().pulls[0]?.body).not.toContain('The tests fail');
  await propose(await prepare(document('{"a":3}\n'), { ...calm, failures }));
  expect(scene.gitHub().pulls[0]).toMatchObject({ isDraft: true });
});

test('of hundreds of failures a few are named', async () => {
  const failures = Array.from({ length: 240 }, (_, index) => `test/a.test.ts > number ${index}`);
  await propose(await prepare(document('{"a":1}\n'), { ...calm, failures }));
  const [pull] = scene.gitHub().pulls;
  expect(pull?.body.match(/^- `test/gm)).toHaveLength(10);
  expect(pull?.body).toContain('- and 230 more');
});

test('what a person has to decide is a draft on a branch of its own, although no test fails', async () => {
  const text = '## What a person has to decide\n\n    a rule\n\n### Added';
  await propose(await prepare(document('{"a":1}\n')));
  await propose(
    await prepare(document('{"a":2}\n'), { ...calm, text, isDraft: true }),
    'held-back',
  );
  expect(scene.gitHub().pulls).toMatchObject([
    { head: 'spec-update', isDraft: false },
    {
      head: 'spec-update-held-back',
      isDraft: true,
      title: 'feat: what the new document of sync-3 leaves for a person to decide',
    },
  ]);
  expect(scene.gitHub().pulls[1]?.body.startsWith(text)).toBe(true);
});

test('what cannot be proposed is an issue, which the next night brings up to date', async () => {
  const folder = join(scene.folder, 'proposal');
  const refuse = async (text: string) => {
    writeProposal(folder, { bump: null, text, failures: [] });
    await propose(folder, 'held-back');
  };
  const title = 'The new document of sync-3 cannot be taken';
  await scene.setGitHub({
    calls: [],
    pulls: [],
    issues: [{ number: 1, title, body: 'of a person', author: { is_bot: false } }],
    releases: [],
  });
  await refuse('It is no document. @everyone');
  await refuse('It describes another model.');
  const { issues, pulls } = scene.gitHub();
  expect(pulls).toEqual([]);
  expect(issues.map(({ body }) => body)).toEqual(['of a person', 'It describes another model.']);
  expect(issues[1]?.title).toBe(title);
  await refuse('@everyone');
  expect(scene.gitHub().issues[1]?.body).not.toContain('@everyone');
});

test('a text from outside neither runs, nor notifies anybody, nor closes an issue', async () => {
  const mark = join(scene.folder, 'executed');
  const text = `\`touch ${mark}\` $(touch ${mark}) "; touch ${mark}; ' @everyone Closes #1 <!-- x -->`;
  const failures = [`a $(touch ${mark}) \`touch ${mark}\` @everyone`];
  await propose(await prepare(document(JSON.stringify(text)), { bump: 'patch', text, failures }));
  expect(existsSync(mark)).toBe(false);
  const [pull] = scene.gitHub().pulls;
  expect(pull?.body).toContain(`$(touch ${mark})`);
  expect(pull?.body).not.toMatch(/@everyone|#1|<!--/);
  expect(pull?.title).toBe('fix: follow the new document of sync-3');
  expect(scene.gitHub().calls.flat().join(' ')).not.toContain('touch');
});

test('a pull request from a fork with the same branch name is not ours', async () => {
  const foreign = { head: 'spec-update', base: 'main', title: 'theirs', body: '', isDraft: false };
  await scene.setGitHub({
    calls: [],
    pulls: [{ ...foreign, number: 1, isCrossRepository: true }],
    issues: [],
    releases: [],
  });
  await propose(await prepare(document('{"a":1}\n')));
  expect(scene.gitHub().pulls.map(({ title }) => title)).toEqual([
    'theirs',
    'feat: follow the new document of sync-3',
  ]);
});

test('a branch that somebody has committed to is left as it is', async () => {
  await propose(await prepare(document('{"a":1}\n')));
  const clone = await scene.checkOut();
  await scene.git(clone, 'checkout', '--quiet', 'spec-update');
  await writeFiles(clone, { 'packages/sdk/src/rules/loop.ts': 'export {};\n' });
  await scene.push(clone, 'spec-update');
  const { calls } = scene.gitHub();
  const printed = await propose(await prepare(document('{"a":2}\n')));
  expect(printed).toContain('::warning::Somebody has committed to the branch spec-update');
  expect(await remoteFile('spec-update', 'packages/sdk/src/rules/loop.ts')).toBe('export {};\n');
  expect(await remoteFile('spec-update', upstream)).toBe('{"a":1}\n');
  expect(scene.gitHub().calls).toEqual(calls);
});

test.each(['.github/workflows/ci.yml', 'openapi/new.sh', '.changeset/config.json'])(
  'a change of the document that reaches for %s is refused',
  async (path) => {
    const folder = await prepare((clone) => writeFiles(clone, { [path]: 'mine\n' }));
    await expect(propose(folder)).rejects.toThrow(`touches "${path}"`);
    expect(scene.gitHub().calls).toEqual([]);
    await expect(remoteFile('spec-update', path)).rejects.toThrow();
  },
);

test('a link in the place of the document is refused', async () => {
  const folder = await prepare(async (clone) => {
    await rm(join(clone, upstream));
    await symlink('/etc/passwd', join(clone, upstream));
  });
  await expect(propose(folder)).rejects.toThrow('(mode 120000)');
});

test('a release may change versions, changelogs and changesets, and no code', async () => {
  const version = '{ "version": "0.2.0" }\n';
  const allowed = { 'packages/sdk/package.json': version, 'packages/sdk/CHANGELOG.md': '# x\n' };
  await propose(await prepare((clone) => writeFiles(clone, allowed)), 'release');
  expect(scene.gitHub().pulls[0]).toMatchObject({ head: 'release', title: 'chore: release' });
  const folder = await prepare((clone) => writeFiles(clone, { 'packages/sdk/src/a.ts': '' }));
  await expect(propose(folder, 'release')).rejects.toThrow('touches "packages/sdk/src/a.ts"');
});
