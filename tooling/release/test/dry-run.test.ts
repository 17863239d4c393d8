import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pendingChangesets } from '../src/find-next-step.ts';
import type { Tarball } from '../src/packages/pack-packages.ts';
import { type Manifest, publishedPackages } from '../src/packages/published-packages.ts';
import { readProposal } from '../src/proposal/proposal.ts';
import { repositoryRoot } from '../src/repository-root.ts';
import { runProgram } from '../src/run-program.ts';
import { copyRepository } from './copy-repository.ts';
import { createScene, type Scene, writeFiles } from './scene.ts';

// A release of this repository as it is now, on a copy: from the changesets to packages in use.
const before = publishedPackages(repositoryRoot);
const names = before.map(({ name }) => name);
let scene: Scene;
let copy: string;
let proposal: string;
let tarballs: string;
let printed: string;
let released: Map<string, string>;
beforeAll(async () => {
  scene = await createScene({ 'README.md': '' });
  copy = await scene.checkOut();
  await copyRepository(copy);
  if (pendingChangesets(copy).length === 0) {
    const bumps = names.map((name) => `'${name}': patch\n`).join('');
    await writeFiles(copy, { '.changeset/trial.md': `---\n${bumps}---\n\nA trial.\n` });
  }
  await scene.push(copy, 'main');
  proposal = join(scene.folder, 'proposal');
  await scene.script('prepare-release.ts', copy, { PROPOSAL: proposal });
  released = new Map(publishedPackages(copy).map(({ name, version }) => [name, version]));
  tarballs = join(scene.folder, 'tarballs');
  printed = await scene.script('pack.ts', copy, {
    TARBALLS: tarballs,
    GITHUB_REPOSITORY: 'acme/sync3',
  });
});
afterAll(() => scene.remove());

test('the changesets become versions, and are used up', () => {
  expect(pendingChangesets(copy)).toEqual([]);
  expect([...released.values()]).not.toEqual(before.map(({ version }) => version));
});

test.each(before)('the changelog of $name tells about its version', ({ name, folder, version }) => {
  const changelog = join(copy, folder.slice(repositoryRoot.length), 'CHANGELOG.md');
  if (released.get(name) === version) return;
  expect(readFileSync(changelog, 'utf8')).toMatch(
    new RegExp(`^## ${released.get(name)}\n\n### `, 'm'),
  );
});

test('the versions become a pull request that shows their changelogs', async () => {
  const { text } = readProposal(proposal);
  for (const [name, version] of released) {
    if (before.some((each) => each.name === name && each.version === version)) continue;
    expect(text).toContain(`## ${name} ${version}\n\n### `);
  }
  await scene.script('propose.ts', await scene.checkOut(), { PROPOSAL: proposal }, ['release']);
  expect(scene.gitHub().pulls).toMatchObject([{ head: 'release', title: 'chore: release' }]);
});

test('what the release has written passes the format check', async () => {
  const biome = join(repositoryRoot, 'node_modules/.bin/biome');
  const files = publishedPackages(copy).map(({ folder }) => join(folder, 'package.json'));
  await expect(runProgram(biome, ['check', ...files], copy)).resolves.toBe('');
});

test('the tarballs hold the new versions, which depend on each other', () => {
  const list: Tarball[] = JSON.parse(readFileSync(join(tarballs, 'tarballs.json'), 'utf8'));
  expect(new Map(list.map(({ name, version }) => [name, version]))).toEqual(released);
  expect(readdirSync(tarballs)).toHaveLength(list.length + 1);
});

test.each(names)('the manifest of %s is for users', async (name) => {
  const list: Tarball[] = JSON.parse(readFileSync(join(tarballs, 'tarballs.json'), 'utf8'));
  const file = list.find((each) => each.name === name)?.file ?? '';
  const text = await runProgram(
    'tar',
    ['-xzOf', join(tarballs, file), 'package/package.json'],
    copy,
  );
  const manifest: Manifest = JSON.parse(text);
  expect(text).not.toMatch(/workspace:|catalog:/);
  expect(manifest).not.toHaveProperty('devDependencies');
  expect(manifest).not.toHaveProperty('scripts');
  expect(manifest['repository']).toMatchObject({
    url: 'git+https://github.com/acme/sync3.git',
    directory: expect.stringMatching(/^packages\/[\w-]+$/),
  });
  for (const [dependency, range] of Object.entries(manifest.dependencies ?? {})) {
    if (released.has(dependency)) expect(range).toBe(released.get(dependency));
  }
});

test('every entry and every command was used by a project that installed them', () => {
  for (const { name, manifest } of before) {
    for (const entry of Object.keys(manifest.exports ?? {})) {
      expect(printed).toContain(` ${name}${entry.slice(1)},`);
    }
    for (const command of Object.keys(manifest.bin ?? {})) expect(printed).toContain(command);
  }
});
