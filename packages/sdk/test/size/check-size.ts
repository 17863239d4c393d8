import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** What the main entry may weigh with @sync3/generated bundled, in bytes (docs/decisions/0008-size.md: may only fall, and has to come down to 12,000). */
const budget = 14_950;

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../../dist/index.js', import.meta.url))],
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  write: false,
});
const [bundle] = outputFiles;
if (!bundle) throw new Error('esbuild wrote no bundle.');
const size = gzipSync(bundle.contents, { level: 9 }).length;
console.log(`@sync3/sdk: ${size} bytes min+gzip of ${budget} (${bundle.contents.length} min)`);
if (size > budget) process.exitCode = 1;
