import { mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../run-program.ts';
import { installedVersions } from './installed-packages.ts';
import { startLocalRegistry } from './local-registry.ts';
import type { Manifest, PublishedPackage } from './published-packages.ts';

const publishScript = join(import.meta.dirname, '../publish.ts');

/** What a user of the packages found. */
export interface Trial {
  /** The exported names of each entry, by its specifier. */
  entries: Record<string, string[]>;
  /** What each command prints when asked for help, by its name. */
  help: Record<string, string>;
}

/**
 * Publishes tarballs to a registry on this machine, as they will be published; installs them by their
 * names into an empty project; imports every entry and runs every command. What they depend on is
 * what this repository has installed of it, as far as their own manifests name it.
 *
 * @param packages those in the tarballs.
 * @throws {Error} one of these steps has failed.
 */
export async function tryPackages(tarballs: string, packages: PublishedPackage[]): Promise<Trial> {
  const registry = await startLocalRegistry();
  const project = await realpath(await mkdtemp(join(tmpdir(), 'sync3-trial-')));
  const environment = { ...registry.environment, npm_config_cache: join(project, '.cache') };
  try {
    const publishing = { ...environment, TARBALLS: tarballs };
    await runProgram(process.execPath, [publishScript], project, publishing);
    await writeFile(join(project, 'package.json'), '{"private":true,"type":"module"}');
    const names = packages.map(({ name, version }) => `${name}@${version}`);
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await runProgram('npm', ['install', ...flags, ...names], project, environment);
    const others = packages.flatMap(({ manifest }) => Object.keys(manifest.dependencies ?? {}));
    for (const name of new Set(others)) await lend(project, name);
    const entries: Trial['entries'] = {};
    for (const specifier of packages.flatMap(entriesOf)) {
      entries[specifier] = await importEntry(project, specifier);
    }
    const help: Trial['help'] = {};
    for (const command of packages.flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}))) {
      const program = join(project, 'node_modules/.bin', command);
      help[command] = await runProgram(program, ['--help'], project);
    }
    return { entries, help };
  } finally {
    await registry.close();
    await rm(project, { recursive: true, force: true });
  }
}

/** Puts the installed package into the place of its manifest alone. */
async function lend(project: string, name: string): Promise<void> {
  const place = join(project, 'node_modules', name);
  const manifest: Manifest = JSON.parse(await readFile(join(place, 'package.json'), 'utf8'));
  const folder = installedVersions(name).get(manifest.version);
  if (!folder) return;
  await rm(place, { recursive: true });
  await symlink(folder, place, 'junction');
}

/** Puts an optional peer of an entry into a project. */
async function lendPeer(project: string, name: string): Promise<string> {
  const [folder = ''] = installedVersions(name).values();
  await symlink(folder, join(project, 'node_modules', name), 'junction');
  return folder;
}

/** Imports an entry where it belongs: one for vitest needs a test around it, the others plain Node. */
async function importEntry(project: string, specifier: string): Promise<string[]> {
  const lines = [
    `import { writeFileSync } from 'node:fs';`,
    `import * as entry from '${specifier}';`,
    `writeFileSync('names.json', JSON.stringify(Object.keys(entry)));`,
  ];
  const script = join(project, 'entry.test.js');
  if (specifier.endsWith('/vitest')) {
    lines.push(`(await import('vitest')).test('the entry is there', () => {});`);
    await writeFile(script, lines.join('\n'));
    const folder = await lendPeer(project, 'vitest');
    await runProgram(process.execPath, [join(folder, 'vitest.mjs'), 'run'], project);
  } else {
    await writeFile(script, lines.join('\n'));
    if (specifier.endsWith('/msw')) await lendPeer(project, 'msw');
    await runProgram(process.execPath, [script], project);
  }
  return JSON.parse(await readFile(join(project, 'names.json'), 'utf8'));
}

function entriesOf({ name, manifest }: PublishedPackage): string[] {
  return Object.keys(manifest.exports ?? {}).map((entry) => name + entry.slice(1));
}
