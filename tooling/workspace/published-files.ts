import type { UserConfig } from 'tsdown';

interface ChunkGroup {
  name: string;
  test: RegExp;
  priority?: number;
}

/**
 * The files that a package publishes: one for each entry of its `exports` map, what several entries
 * share once beside them, and the same for declarations. A program that imports an entry then opens a
 * handful of files instead of one for each source file (docs/decisions/0029-bundles.md). What stands
 * under `dependencies` stays an import, unless it is named.
 *
 * @param entries each entry's path below `src` and `dist`, without its ending.
 * @param apart sources that get a file of their own.
 * @param within packages whose code is taken in; their declarations stay imports.
 */
export function publishedFiles(
  entries: string[],
  { apart = [], within = [] }: { apart?: ChunkGroup[]; within?: RegExp[] } = {},
): UserConfig {
  return {
    entry: Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`])),
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    dts: true,
    // With the sources in them.
    sourcemap: true,
    hash: false,
    outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
    deps: { neverBundle: /^node:/, alwaysBundle: within, dts: { neverBundle: within } },
    outputOptions: {
      // Documentation is in the declarations, and the sources are in the maps.
      comments: { legal: true, annotation: true, jsdoc: false },
      codeSplitting: {
        groups: [
          ...apart,
          { name: 'shared', test: /(?<!\.d)\.ts$/, minShareCount: 2 },
          { name: 'shared.d', test: /\.d\.ts$/, minShareCount: 2 },
        ],
      },
    },
  };
}
