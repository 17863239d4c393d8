import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';
import { runProgram } from '../run-program.ts';
import { publishedPackages } from './published-packages.ts';

/** A package as npm gets it. */
export interface Tarball {
  name: string;
  version: string;
  /** Name of the file. */
  file: string;
  /** Bytes. */
  size: number;
  /** sha512, as npm writes it. */
  integrity: string;
}

/** The file that lists the tarballs of a folder, each after those it depends on. */
export const listName = 'tarballs.json';

const hook = join(import.meta.dirname, 'manifest-hook.mjs');

/**
 * Packs all published packages of a repository, which are built already, into an empty folder.
 *
 * @param address owner and name on GitHub, as in `GITHUB_REPOSITORY`.
 * @throws {Error} the address is none, or pnpm cannot pack.
 */
export async function packPackages(
  repository: string,
  folder: string,
  address: string,
): Promise<Tarball[]> {
  if (!/^[\w.-]+\/[\w.-]+$/.test(address)) {
    throw new Error(
      `GITHUB_REPOSITORY must be an owner and a name, as in "acme/sync3"; it is "${address}".`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pnpm = join(repositoryRoot, 'node_modules/.bin/pnpm');
  const environment = { RELEASE_REPOSITORY: address, RELEASE_ROOT: repository };
  const tarballs: Tarball[] = [];
  for (const { name, version, folder: from } of publishedPackages(repository)) {
    const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
    const parameters = ['pack', '--json', `--config.pnpmfile=${hook}`, '--out', join(folder, file)];
    const answer = await runProgram(pnpm, parameters, from, environment);
    const { size, integrity } = JSON.parse(answer);
    tarballs.push({ name, version, file, size, integrity });
  }
  writeFileSync(join(folder, listName), `${JSON.stringify(tarballs, null, 2)}\n`);
  return tarballs;
}
