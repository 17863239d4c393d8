import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { type Subject, subjects, sync3 } from '../clients/subjects.ts';
import type { Figure, Row } from '../measure/figure.ts';
import { spread } from '../measure/statistics.ts';

/** Bytes of a minified bundle. */
interface Size {
  minified: number;
  gzipped: number;
}

/** Weighs the smallest program that runs a job. */
export const bundleSize: Figure = async () => {
  const rows: Row[] = [];
  for (const subject of subjects) rows.push(toRow(subject.title, await weigh(subject)));
  const without = await weigh(sync3, ['@sync3/generated']);
  rows.splice(1, 0, toRow('@sync3/sdk, without @sync3/generated', without));
  return {
    title: 'Bundle size',
    method:
      'The smallest program that runs a job with the client (`benchmarks/programs`), bundled and minified by esbuild for browsers (ESM, ES2022), and compressed by gzip at level 9.',
    subject: 'Client',
    columns: [
      { title: 'min, bytes', best: 'lowest' },
      { title: 'min+gzip, bytes', best: 'lowest' },
    ],
    rows,
    notes: [
      'Plain `fetch` neither retries nor checks anything, and gives up at the first bad answer.',
      '@sync3/generated is the one dependency of @sync3/sdk, which uses mostly its types.',
    ],
  };
};

/** @param external packages that stay out of the bundle. */
export async function weigh({ file }: Subject, external: string[] = []): Promise<Size> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../programs/${file}`, import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    external,
    logLevel: 'silent',
  });
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  return { minified: contents.length, gzipped: gzipSync(contents, { level: 9 }).length };
}

function toRow(title: string, { minified, gzipped }: Size): Row {
  return { title, cells: [spread([minified]), spread([gzipped])] };
}
