import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Files, each with the files of the same folder that it imports; names are relative to the folder. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Every form of an import by a relative path: of values and types, again exported, and `import()`. */
const importing = /\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g;

/** What the sources in a folder import of each other, types included. */
export function readImportGraph(folder: string): ImportGraph {
  const names = globSync('**/*.{ts,js}', { cwd: folder }).map((name) => name.replaceAll('\\', '/'));
  const texts = names.map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
  return importGraph(new Map(texts));
}

/** @param sources text by name; an import that ends in `.js` may be of a `.ts` file. */
export function importGraph(sources: ReadonlyMap<string, string>): ImportGraph {
  const graph = new Map<string, string[]>();
  for (const [name, text] of sources) {
    const targets = [...text.matchAll(importing)].flatMap(([, path = '']) => {
      const target = posix.join(posix.dirname(name), path);
      const found = [target, target.replace(/\.js$/, '.ts')].find((each) => sources.has(each));
      return found === undefined ? [] : [found];
    });
    graph.set(name, targets);
  }
  return graph;
}

/** Each circle of imports that is met, as the files on the way from a file back to itself. */
export function importCircles(graph: ImportGraph): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (name: string, way: string[]): void => {
    if (way.includes(name)) {
      circles.push([...way.slice(way.indexOf(name)), name]);
      return;
    }
    if (done.has(name)) return;
    for (const target of graph.get(name) ?? []) visit(target, [...way, name]);
    done.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  return circles;
}

/** Imports of files in one of the folders `to` by files in the folder `from`. */
export function importsAcross(graph: ImportGraph, from: string, to: readonly string[]): string[] {
  return [...graph].flatMap(([name, targets]) =>
    targets
      .filter((target) => name.startsWith(from) && to.some((folder) => target.startsWith(folder)))
      .map((target) => `${name} imports ${target}`),
  );
}
