import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';

const store = join(repositoryRoot, 'node_modules/.pnpm');

/** The versions of a package that this repository has installed, with their folders. */
export function installedVersions(name: string): Map<string, string> {
  const start = `${name.replace('/', '+')}@`;
  const folders = readdirSync(store)
    .filter((entry) => entry.startsWith(start))
    .map((entry) => join(store, entry, 'node_modules', name))
    .filter((folder) => existsSync(join(folder, 'package.json')));
  return new Map(
    folders.map((folder) => {
      const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
      return [JSON.parse(manifest).version, folder];
    }),
  );
}
