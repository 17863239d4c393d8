import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { build as buildPublished } from 'tsdown';
import published from '../../tsdown.config.ts';

/**
 * What people have written of the main entry may weigh, in bytes (docs/decisions/0008-size.md: may
 * only fall). What is generated of the document and differs with it is not in it: a parameter that
 * Runware adds must reach users without a person.
 */
const budget = 14_765;

/** The file of @sync3/generated that holds what the document says. */
const madeOfDocument = /document\.js$/;

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const whole = await sizeOf(dist);
const written = await withoutDocument(sizeOf);
console.log(
  `@sync3/sdk: ${whole} bytes min+gzip; ${written} of ${budget} without what is made of the document`,
);
if (written > budget) process.exitCode = 1;

/** Bytes of the main entry in a folder, with all that it imports, minified and gzipped. */
async function sizeOf(folder: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'index.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: ['*/document.js'],
    write: false,
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error('esbuild wrote no bundle.');
  return gzipSync(bundle.contents, { level: 9 }).length;
}

/** Builds the package as it is published, except that the document stays an import. */
async function withoutDocument<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'sync3-size-'));
  try {
    const deps = { ...published.deps, neverBundle: [/^node:/, madeOfDocument] };
    await buildPublished({
      ...published,
      config: false,
      cwd: join(dist, '..'),
      outDir: folder,
      deps,
      dts: false,
      sourcemap: false,
      logLevel: 'silent',
    });
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
