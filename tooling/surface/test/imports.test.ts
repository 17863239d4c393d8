import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importCircles, importGraph, importsAcross, readImportGraph } from '../src/import-graph.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('no circle of imports', () => {
  test.each(globSync('packages/*/src', { cwd: root }))('in %s, types included', (folder) => {
    const graph = readImportGraph(`${root}/${folder}`);
    expect(graph.size).toBeGreaterThan(0);
    expect(importCircles(graph)).toEqual([]);
  });
});

describe('the folders of the SDK', () => {
  const graph = readImportGraph(`${root}/packages/sdk/src`);

  test.each([
    ['tasks/', ['lipsync/']],
    ['wire/', ['lipsync/', 'tasks/', 'media/']],
    ['media/', ['lipsync/']],
    ['errors/', ['lipsync/', 'tasks/', 'media/']],
  ])('%s imports nothing of %j, types included', (folder, others) => {
    expect([...graph.keys()].some((name) => name.startsWith(folder))).toBe(true);
    for (const other of others) {
      expect([...graph.keys()].some((name) => name.startsWith(other))).toBe(true);
    }
    expect(importsAcross(graph, folder, others)).toEqual([]);
  });

  test('every import leads to a file of the graph: none is overlooked', () => {
    const count = [...graph.values()].flat().length;
    expect(count).toBeGreaterThan(2 * graph.size);
  });
});

describe('the search', () => {
  const sources = (texts: Record<string, string>) => importGraph(new Map(Object.entries(texts)));

  test.each([
    ['a value', "import { b } from './b.js';"],
    ['a type', "import type { B } from './b.js';"],
    ['several lines', "import {\n  type B,\n  b,\n} from './b.js';"],
    ['an effect', "import './b.js';"],
    ['an export', "export * from './b.js';"],
    ['a type in place', "let b: import('./b.js').B;"],
    ['a module that is loaded late', "const { b } = await import('./b.js');"],
    ['the source itself', "import { b } from './b.ts';"],
  ])('finds a circle over %s', (_, text) => {
    const graph = sources({
      'a.ts': text,
      'b.ts': "import type { C } from './in/c.js';",
      'in/c.ts': "import '../a.js';",
    });
    expect(importCircles(graph)).toEqual([['a.ts', 'b.ts', 'in/c.ts', 'a.ts']]);
  });

  test('takes two ways to one file for no circle', () => {
    const graph = sources({
      'a.ts': "import './b.js'; import './c.js';",
      'b.ts': "import './c.js';",
      'c.ts': "import 'a';",
    });
    expect(importCircles(graph)).toEqual([]);
  });

  test('names imports across folders', () => {
    const graph = sources({
      'wire/send.ts': "import type { Model } from '../lipsync/model.js';",
      'lipsync/model.ts': "import '../wire/send.js';",
    });
    expect(importsAcross(graph, 'wire/', ['lipsync/'])).toEqual([
      'wire/send.ts imports lipsync/model.ts',
    ]);
  });
});
