import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is read of a `package.json`; the rest of it is kept as it stands. */
export interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  bin?: Record<string, string>;
  exports?: Record<string, string | Record<string, unknown>>;
  [field: string]: unknown;
}

/** A package that is published. */
export interface PublishedPackage {
  folder: string;
  manifest: Manifest;
}

/** What one line of an `exports` map lets users import. */
export interface Entry {
  /** As in the `exports` map: `.` or `./node`. */
  name: string;
  /** The file with its declarations. */
  declarations: string;
}

/** The packages in `packages/` that are not private, by name. */
export function findPublishedPackages(root: string): PublishedPackage[] {
  return readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(join(folder, 'package.json')) }))
    .filter(({ manifest }) => !manifest.private)
    .sort((a, b) => (a.manifest.name < b.manifest.name ? -1 : 1));
}

/**
 * The entries of a package that have types.
 *
 * @throws when an entry has none, or when they are not built.
 */
export function findEntries({ folder, manifest }: PublishedPackage): Entry[] {
  return Object.entries(manifest.exports ?? {})
    .filter(([name]) => !name.endsWith('.json'))
    .map(([name, conditions]) => {
      const types = typeof conditions === 'string' ? undefined : conditions['types'];
      if (typeof types !== 'string') {
        throw new Error(`${manifest.name}: the entry "${name}" of exports has no "types".`);
      }
      const declarations = join(folder, types);
      if (!existsSync(declarations)) {
        throw new Error(`${manifest.name}: ${types} is missing. Run "pnpm build" first.`);
      }
      return { name, declarations };
    });
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8'));
}
