import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is read of a `package.json`. */
export interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  bin?: Record<string, string>;
  exports?: Record<string, unknown>;
  dependencies?: Record<string, string>;
  [field: string]: unknown;
}

/** A package that is published. */
export interface PublishedPackage {
  name: string;
  version: string;
  folder: string;
  manifest: Manifest;
}

/** The packages that a repository publishes, each after those of them that it depends on. */
export function publishedPackages(repository: string): PublishedPackage[] {
  const group = join(repository, 'packages');
  const all = readdirSync(group)
    .map((name) => readPackage(join(group, name)))
    .filter(({ manifest }) => !manifest.private);
  const ordered = new Set<PublishedPackage>();
  const place = (next: PublishedPackage, dependents: PublishedPackage[]) => {
    if (dependents.includes(next)) throw new Error(`${next.name} depends on itself.`);
    for (const name of Object.keys(next.manifest.dependencies ?? {})) {
      const dependency = all.find((each) => each.name === name);
      if (dependency) place(dependency, [...dependents, next]);
    }
    ordered.add(next);
  };
  for (const each of all) place(each, []);
  return [...ordered];
}

function readPackage(folder: string): PublishedPackage {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { name: manifest.name, version: manifest.version, folder, manifest };
}
