import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { BaseRevision } from './base-revision.ts';
import { compileProject } from './compile-project.ts';
import { importedPackages, layOutTypeTests, type TypeTests } from './type-tests.ts';

/** A place in the type tests of the base that has stopped compiling. */
export interface Break {
  /** Path below the root of the repository, at the base. */
  file: string;
  line: number;
  /** What the compiler says. */
  message: string;
  /** The packages that it can be about, by name. */
  packages: string[];
  usesLibraries: boolean;
}

/** What has become of the type tests of a base. */
export interface BaseComparison {
  /** How many files were compiled that have to compile. */
  compiled: number;
  breaks: Break[];
  /** Files that did not compile at the base, and do now. */
  looser: string[];
}

/** Compiles the type tests of a base against the packages as they are built now. */
export function compareWithBase(root: string, base: BaseRevision): BaseComparison {
  // The compiler names files by their real paths.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sync3-base-')));
  try {
    const compiled = new Set<string>();
    const breaks = new Map<string, Break>();
    const looser = new Set<string>();
    for (const tests of layOutTypeTests(root, base, folder)) {
      const failing = new Set<string>();
      for (const { file, line, message } of compileProject(join(folder, tests.project))) {
        const path = relative(folder, file).replaceAll('\\', '/');
        failing.add(path);
        if (!tests.right.has(path)) continue;
        const found = { file: path, line, message, packages: findPackages(tests, path, message) };
        breaks.set(`${path}:${line}: ${message}`, { ...found, usesLibraries: tests.usesLibraries });
      }
      for (const path of tests.right.keys()) compiled.add(path);
      for (const path of tests.wrong.keys()) if (!failing.has(path)) looser.add(path);
    }
    return { compiled: compiled.size, breaks: [...breaks.values()], looser: [...looser] };
  } finally {
    // Links are removed, not what they point to.
    rmSync(folder, { recursive: true });
  }
}

/** What the message names; else what the file imports; else what the files imports that it belongs to. */
function findPackages({ project, right }: TypeTests, path: string, message: string): string[] {
  const [first = ''] = message.split('\n');
  const named = importedPackages(first.replaceAll('\'"', "'"));
  if (named.length > 0) return named;
  const [, tested] = /^packages\/([^/]+)\//.exec(project) ?? [];
  if (tested) return [`@sync3/${tested}`];
  const imported = importedPackages(right.get(path) ?? '');
  return imported.length > 0 ? imported : importedPackages([...right.values()].join('\n'));
}
