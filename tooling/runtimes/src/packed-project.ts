import { cp, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProcess } from './run-process.ts';

const require = createRequire(import.meta.url);
const repository = fileURLToPath(new URL('../../../', import.meta.url));
const here = fileURLToPath(new URL('../', import.meta.url));

/** A project that has the packages as npm would install them. */
export interface PackedProject {
  folder: string;
  remove(): Promise<void>;
}

/**
 * Packs the built packages and installs the tarballs with npm in an empty project, without the
 * network. The SDK is installed a second time, as `second-copy`; the suite and the consumers are
 * copied beside them.
 */
export async function createPackedProject(): Promise<PackedProject> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sync3-packed-')));
  const [generated, sdk] = await Promise.all([
    pack('generated', join(folder, 'tarballs/generated')),
    pack('sdk', join(folder, 'tarballs/sdk')),
  ]);
  const manifest = { name: 'consumer', private: true, type: 'module' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const tarballs = [generated, sdk, `second-copy@file:${sdk}`];
  const cache = join(folder, 'tarballs/cache');
  const options = ['--offline', '--ignore-scripts', '--loglevel=error', '--cache', cache];
  await runProcess('npm', ['install', ...options, ...tarballs], folder);
  for (const name of ['suite', 'consumers']) {
    await cp(join(here, name), join(folder, name), { recursive: true });
  }
  await copyNodeTypes(folder);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The types of Node and what they need, without the network. */
async function copyNodeTypes(folder: string): Promise<void> {
  const types = dirname(require.resolve('@types/node/package.json'));
  const undici = dirname(
    createRequire(join(types, 'index.d.ts')).resolve('undici-types/package.json'),
  );
  const options = { recursive: true, dereference: true };
  await cp(types, join(folder, 'node_modules/@types/node'), options);
  await cp(undici, join(folder, 'node_modules/undici-types'), options);
}

/** @returns the path of the tarball. */
async function pack(name: string, destination: string): Promise<string> {
  await mkdir(destination, { recursive: true });
  const parameters = ['pack', '--pack-destination', destination];
  const pnpm = join(repository, 'node_modules/.bin/pnpm');
  await runProcess(pnpm, parameters, join(repository, 'packages', name));
  const [tarball = ''] = await readdir(destination);
  return join(destination, tarball);
}
