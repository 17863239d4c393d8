import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));
/** Where npm is told to put pnpm. */
const binaries = 'node_modules/.pnpm-cli/node_modules/.bin';
const noteCall = '#!/bin/sh\necho "$(basename "$0") $@" >> "$CALLS"\n';
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sync3-toolchain-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await cp(join(repository, 'tooling/workspace'), join(root, 'tooling/workspace'), {
    recursive: true,
  });
  for (const [path, text] of [
    ['package.json', '{"name":"sample","packageManager":"pnpm@1.0.0"}'],
    ['pnpm-lock.yaml', ''],
    ['openapi/upstream/sync-3.json', '{}'],
    ['tooling/spec/src/update.ts', 'console.log("{}");'],
    ['bin/npm', `${noteCall}mkdir -p ${binaries}\ncp sample-pnpm ${binaries}/pnpm\n`],
    ['sample-pnpm', noteCall],
  ] as const) {
    await write(path, text);
  }
});

async function write(path: string, text: string) {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), text, { mode: 0o755 });
}

/** Runs `pnpm spec:update` with an `npm` and a `pnpm` that only note how they are called. */
async function update() {
  const calls = join(root, 'calls');
  const { PATH } = process.env;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'tooling/workspace/spec-update.mjs')],
    { encoding: 'utf8', env: { PATH: join(root, 'bin') + delimiter + PATH, CALLS: calls } },
  );
  return { stdout, stderr, installs: await readFile(calls, 'utf8').catch(() => '') };
}

test('spec:update installs what npm start has left out, and tells it on stderr', async () => {
  await write('node_modules/.installed-some', 'hash');
  const { stdout, stderr, installs } = await update();
  expect(installs).toMatch(
    /^npm install --prefix .* pnpm@1\.0\.0\npnpm install --frozen-lockfile /,
  );
  expect(stdout).toBe('{}\n');
  expect(stderr).toContain('Installing');
});

test('spec:update takes what pnpm itself has installed as it is', async () => {
  await write('tooling/spec/node_modules/yaml/package.json', '{}');
  expect(await update()).toMatchObject({ stdout: '{}\n', installs: '' });
});
