import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedPackages } from '../src/packages/published-packages.ts';
import { repositoryRoot } from '../src/repository-root.ts';
import { runProgram } from '../src/run-program.ts';

/** Copies this repository as it is now, without what git ignores, and what was built of the packages. */
export async function copyRepository(folder: string): Promise<void> {
  const known = await runProgram(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    repositoryRoot,
  );
  const built = publishedPackages(repositoryRoot).map(({ folder }) =>
    join(folder, 'dist').slice(repositoryRoot.length),
  );
  for (const path of [...known.split('\0').filter(Boolean), ...built]) {
    await cp(join(repositoryRoot, path), join(folder, path), { recursive: true }).catch((error) => {
      // Removed, and not committed yet.
      if (error.code !== 'ENOENT') throw error;
    });
  }
}
