import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { runProgram } from '../run-program.ts';
import type { Manifest } from './published-packages.ts';

/**
 * Bytes of a tarball without the archive below; the largest has 240 kB. Beyond it, something has come in
 * by mistake.
 */
const largest = 400_000;
/** The new database that @sync3/batch unpacks. It is compressed, and stays as large in a tarball. */
const archive = 'dist/database/new-database.tar.br';
const largestArchive = 2_500_000;
const rootFiles = ['LICENSE', 'README.md', 'package.json'];
const endings = /\.(d\.ts|js|js\.map|json|html|css|svg)$/;
/** The sample clip and voice with which `sync3 conform` asks the API. */
const sampleMedia = /^dist\/conform\/media\/\w+\.(mp4|wav)$/;
/** Files of tests and tools, wherever they are. */
const development = /(^|\/)(test|tests|\.[^/]+)\/|\.(test|spec)\.|tsbuildinfo/;
const needed = ['description', 'license', 'keywords', 'engines', 'homepage', 'bugs', 'repository'];
const unwanted = ['private', 'scripts', 'devDependencies', 'packageManager'];

/**
 * Looks at a packed package as npm will show it.
 *
 * @param versions of the packages that are published together, by name.
 * @returns what is wrong, a sentence each.
 */
export async function checkTarball(
  tarball: string,
  versions: ReadonlyMap<string, string>,
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sync3-tarball-'));
  try {
    await runProgram('tar', ['-xzf', tarball, '-C', folder], folder);
    const root = join(folder, 'package');
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => posix.join(entry.parentPath.slice(root.length + 1), entry.name));
    const texts = new Map<string, string>();
    for (const file of files) texts.set(file, await readFile(join(root, file), 'utf8'));
    const archived = texts.has(archive) ? (await stat(join(root, archive))).size : 0;
    const size = (await stat(tarball)).size - archived;
    const manifest: Manifest = JSON.parse(texts.get('package.json') ?? '{}');
    return [
      ...(size > largest ? [`It has ${size} bytes, more than ${largest}.`] : []),
      ...(archived > largestArchive
        ? [`${archive} has ${archived} bytes, more than ${largestArchive}.`]
        : []),
      ...checkManifest(manifest, versions),
      ...checkFiles(texts),
      ...checkTargets(manifest, texts),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function checkManifest(manifest: Manifest, versions: ReadonlyMap<string, string>): string[] {
  const faults = [
    ...needed.filter((field) => !manifest[field]).map((field) => `"${field}" is missing.`),
    ...unwanted
      .filter((field) => field in manifest)
      .map((field) => `"${field}" is of use in the repository only.`),
  ];
  if (manifest.version !== versions.get(manifest.name)) {
    faults.push(`It is ${manifest.name} ${manifest.version}, which is not the version to publish.`);
  }
  for (const [name, range] of Object.entries(manifest.dependencies ?? {})) {
    if (/^(workspace|catalog|file|link):/.test(range)) faults.push(`${name} is "${range}".`);
    const version = versions.get(name);
    if (version && range !== version) faults.push(`${name} is "${range}", not "${version}".`);
  }
  return faults;
}

function checkFiles(texts: ReadonlyMap<string, string>): string[] {
  const faults = rootFiles
    .filter((file) => !texts.get(file)?.trim())
    .map((file) => `${file} is missing or empty.`);
  for (const [file, text] of texts) {
    const isBuilt = file.startsWith('dist/') && endings.test(file) && !development.test(file);
    const isExpected = isBuilt || file === archive || sampleMedia.test(file);
    if (!isExpected && !rootFiles.includes(file)) faults.push(`${file} must not be published.`);
    // Only at the start of a line: generated code may speak of it.
    const [, map] = /^\/\/# sourceMappingURL=(\S+)/m.exec(text) ?? [];
    if (map && !texts.has(posix.join(posix.dirname(file), map))) {
      faults.push(`${file} names the source map ${map}, which is not there.`);
    }
  }
  return faults;
}

function checkTargets(
  { exports = {}, bin = {} }: Manifest,
  texts: ReadonlyMap<string, string>,
): string[] {
  const faults: string[] = [];
  for (const [entry, target] of Object.entries(exports)) {
    const conditions = Object.entries(target as Record<string, string>);
    // TypeScript takes the first condition that fits.
    if (conditions[0]?.[0] !== 'types') faults.push(`The entry "${entry}" has no types first.`);
    for (const [, path] of conditions) {
      if (!texts.has(posix.normalize(path))) faults.push(`"${entry}" leads to ${path}: not there.`);
    }
  }
  for (const [command, path] of Object.entries(bin)) {
    const program = texts.get(posix.normalize(path)) ?? '';
    if (!program.startsWith('#!/usr/bin/env node\n')) {
      faults.push(`The command ${command} leads to ${path}: no program for Node.`);
    }
  }
  return faults;
}
