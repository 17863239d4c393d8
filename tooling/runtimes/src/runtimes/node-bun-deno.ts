import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processRuntime } from './process-runtime.ts';

/** The Node of a package `node<version>`. */
function nodeOf(name: string): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve(`${name}/package.json`)), 'bin/node');
}

function program(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

export const nodeBunDeno = [
  processRuntime('Node 20', /^Node 20\./, () => [nodeOf('node20')]),
  processRuntime('Node 22', /^Node 22\./, () => [nodeOf('node22')]),
  // The one that the repository works with.
  processRuntime('Node 24', /^Node 24\./, () => [program('../../node_modules/.bin/node')]),
  processRuntime('Node 26', /^Node 26\./, () => [nodeOf('node26')]),
  processRuntime('Bun', /^Bun 1\./, () => [program('node_modules/.bin/bun'), 'run']),
  processRuntime('Deno', /^Deno 2\./, (project) => [
    program('node_modules/.bin/deno'),
    'run',
    '--no-prompt',
    '--cached-only',
    // All that the packages need, as the README may promise.
    '--allow-env=RUNWARE_API_KEY,RUNWARE_BASE_URL,SYNC3_WEBHOOK_SECRET',
    '--allow-net=127.0.0.1',
    `--allow-read=${project}`,
    `--allow-write=${project}`,
  ]),
];
