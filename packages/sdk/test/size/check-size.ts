import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * What people have written of the main entry may weigh, in bytes (docs/decisions/0008-size.md: may
 * only fall). What is generated of the document and differs with it is not in it: a parameter that
 * Runware adds must reach users without a person.
 */
const budget = 14_440;

/** The file of @sync3/generated that holds what the document says. */
const madeOfDocument = ['*/document.js'];

const [whole, written] = await Promise.all([sizeWithout([]), sizeWithout(madeOfDocument)]);
console.log(
  `@sync3/sdk: ${whole} bytes min+gzip; ${written} of ${budget} without what is made of the document`,
);
if (written > budget) process.exitCode = 1;

/** Bytes of the main entry with @sync3/generated bundled, minified and gzipped. */
async function sizeWithout(external: string[]): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../dist/index.js', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external,
    write: false,
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error('esbuild wrote no bundle.');
  return gzipSync(bundle.contents, { level: 9 }).length;
}
