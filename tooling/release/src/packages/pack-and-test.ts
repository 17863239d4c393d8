import { join } from 'node:path';
import { checkTarball } from './check-tarball.ts';
import { packPackages } from './pack-packages.ts';
import { publishedPackages } from './published-packages.ts';
import { type Trial, tryPackages } from './try-packages.ts';

/**
 * Packs the packages of a repository once, and tests exactly these tarballs: each is looked at, then
 * all are published to a registry on this machine, installed and used.
 *
 * @param address owner and name on GitHub.
 * @throws {Error} something is wrong; with all that was found.
 */
export async function packAndTest(
  repository: string,
  folder: string,
  address: string,
): Promise<Trial> {
  const tarballs = await packPackages(repository, folder, address);
  const versions = new Map(tarballs.map(({ name, version }) => [name, version]));
  const faults: string[] = [];
  for (const { name, file } of tarballs) {
    const found = await checkTarball(join(folder, file), versions);
    faults.push(...found.map((fault) => `${name}: ${fault}`));
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return tryPackages(folder, publishedPackages(repository));
}
