import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { listName, type Tarball } from './packages/pack-packages.ts';
import { isPublished } from './packages/registry.ts';
import { reportFailure } from './report-failure.ts';
import { requireEnvironment } from './require-environment.ts';
import { runProgram } from './run-program.ts';

/** The first npm that can publish with the identity of a workflow, without a token. */
const needed = [11, 5, 1];

/**
 * Publishes tarballs as they are, each after those it depends on. What the registry has already is
 * left out, so it can be run again after it has failed half-way. It runs no script of a package and
 * needs nothing but Node and npm.
 *
 *     node publish.ts, with TARBALLS (a folder) in the environment
 */
await reportFailure(async () => {
  const folder = resolve(requireEnvironment('TARBALLS'));
  await checkNpm(folder);
  const tarballs: Tarball[] = JSON.parse(readFileSync(join(folder, listName), 'utf8'));
  for (const { name, version, file, integrity } of tarballs) {
    if (await isPublished(name, version)) {
      console.log(`${name} ${version} is published already.`);
      continue;
    }
    await publish(join(folder, file), folder);
    console.log(`${name} ${version} is published: ${integrity}`);
  }
});

async function publish(file: string, folder: string): Promise<void> {
  try {
    await runProgram('npm', ['publish', file, '--access', 'public', '--ignore-scripts'], folder);
  } catch (error) {
    // For some minutes the registry may say that it does not have what it has.
    if (!String(error).includes('cannot publish over the previously published version'))
      throw error;
  }
}

async function checkNpm(folder: string): Promise<void> {
  const version = (await runProgram('npm', ['--version'], folder)).trim();
  const parts = version.split('.').map(Number);
  const [difference = 0] = needed.map((part, index) => (parts[index] ?? 0) - part).filter(Boolean);
  if (difference < 0) {
    throw new Error(
      `npm ${version} cannot publish without a token; it takes ${needed.join('.')}. Use Node 24.`,
    );
  }
}
