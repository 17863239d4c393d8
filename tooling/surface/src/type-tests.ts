import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BaseRevision } from './base-revision.ts';
import { findPublishedPackages } from './published-packages.ts';

/** Source files that use the packages as their users do, compiled together. */
export interface TypeTests {
  /** Path of the `tsconfig.json` below the folder. */
  project: string;
  /** The sources below the folder that have to compile, by path. */
  right: Map<string, string>;
  /** Those that must not compile. */
  wrong: Map<string, string>;
  /** They use other libraries, too, and may fail for a change of those. */
  usesLibraries: boolean;
}

const ownTypes = fileURLToPath(new URL('../node_modules/@types', import.meta.url));

/** For consumers that stand in a folder without settings: as strict as users may be. */
const consumerSettings = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
    types: ['node'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
  },
  include: ['**/*.ts'],
};

/**
 * Lays the type tests of a base into a folder, beside the packages as they are built now:
 *
 * - `packages/<name>/test/types`, whose `src` is the build;
 * - `tooling/<name>/consumers`, which import the packages by name;
 * - the sources of `examples/<name>`, without their tests.
 *
 * @param root the repository with the builds.
 * @param folder is empty, and belongs to the caller.
 */
export function layOutTypeTests(root: string, base: BaseRevision, folder: string): TypeTests[] {
  linkPackages(root, folder);
  extract(base, folder, /^tsconfig\.base\.json$/);
  return [
    ...layOutTests(root, base, folder),
    ...layOutConsumers(base, folder),
    ...layOutExamples(root, base, folder),
  ];
}

function layOutTests(root: string, base: BaseRevision, folder: string): TypeTests[] {
  const texts = extract(base, folder, /^packages\/[^/]+\/test\/types\/.*(?<!\.test)\.(ts|json)$/);
  const names = [...texts.keys()].map((path) => path.split('/')[1] ?? '');
  for (const name of new Set(names)) {
    link(join(root, 'packages', name, 'dist'), join(folder, 'packages', name, 'src'));
  }
  return [...texts.keys()]
    .filter((path) => /\/tsconfig[^/]*\.json$/.test(path))
    .map((project) => describeTests(project, texts));
}

function layOutConsumers(base: BaseRevision, folder: string): TypeTests[] {
  const texts = extract(base, folder, /^tooling\/[^/]+\/consumers\/.*\.ts$/);
  const folders = [...texts.keys()].map((path) => path.split('/').slice(0, 3).join('/'));
  return [...new Set(folders)].map((consumers) => {
    const project = `${consumers}/tsconfig.json`;
    writeFileSync(join(folder, project), JSON.stringify(consumerSettings));
    return describeTests(project, texts);
  });
}

function layOutExamples(root: string, base: BaseRevision, folder: string): TypeTests[] {
  const texts = extract(base, folder, /^examples\/(?!.*\/test\/|.*\.config\.ts$).*\.(tsx?|json)$/);
  return [...texts.keys()]
    .filter((path) => /^examples\/[^/]+\/tsconfig\.json$/.test(path))
    .map((project) => {
      const modules = `${dirname(project)}/node_modules`;
      if (existsSync(join(root, modules))) link(join(root, modules), join(folder, modules));
      return { ...describeTests(project, texts), usesLibraries: true };
    })
    .filter(({ right }) => [...right.values()].some((text) => importedPackages(text).length > 0));
}

/** The packages of ours that a source imports. */
export function importedPackages(text: string): string[] {
  const names = [...text.matchAll(/['"](@sync3\/[a-z-]+)(?:\/[^'"]*)?['"]/g)];
  return [...new Set(names.map(([, name = '']) => name))];
}

function describeTests(project: string, texts: Map<string, string>): TypeTests {
  const own = [...texts].filter(
    ([path]) => path.startsWith(`${dirname(project)}/`) && !path.endsWith('.json'),
  );
  const isWrong = ([path]: [string, string]) => path.includes('/wrong/');
  return {
    project,
    right: new Map(own.filter((file) => !isWrong(file))),
    wrong: new Map(own.filter(isWrong)),
    usesLibraries: false,
  };
}

/** Writes the files whose path matches into the folder. */
function extract(base: BaseRevision, folder: string, pattern: RegExp): Map<string, string> {
  const paths = base.paths.filter((path) => pattern.test(path));
  const texts = new Map(paths.map((path) => [path, base.read(path)]));
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return texts;
}

/** What an import finds that is not found nearer: our packages, through their `exports` maps. */
function linkPackages(root: string, folder: string): void {
  const modules = join(folder, 'node_modules');
  for (const published of findPublishedPackages(root)) {
    link(published.folder, join(modules, published.manifest.name));
  }
  link(ownTypes, join(modules, '@types'));
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  // On Windows, links to folders need no special right when they are junctions.
  symlinkSync(target, path, 'junction');
}
