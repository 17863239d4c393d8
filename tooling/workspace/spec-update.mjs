// `pnpm spec:update`: follows Runware's document, and then writes what is made of the built packages:
// the reports on what they publish, and the documents that list parameters, options and constraints.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasPreparedToolchain, prepareToolchain, root, run, runQuietly } from './toolchain.mjs';

// `npm start` installs only what its job needs. What pnpm installed when called by itself, as in CI,
// and what a copy of this repository took over is taken as it is: installing anew would write through
// the links of the copy.
if (hasPreparedToolchain() || !existsSync(join(root, 'tooling/spec/node_modules'))) {
  prepareToolchain();
}

const upstream = join(root, 'openapi/upstream/sync-3.json');
const before = readFileSync(upstream, 'utf8');
const code = run('node', ['tooling/spec/src/update.ts', ...process.argv.slice(2)]);
if (code === 0 && readFileSync(upstream, 'utf8') !== before) writeDocuments();
process.exit(code);

function writeDocuments() {
  const steps = [
    ['turbo', 'run', 'build', '--output-logs=errors-only'],
    ['node', 'tooling/surface/src/write-reports.ts'],
    ['pnpm', '--silent', '--filter', '@sync3/cli', 'run', 'docs'],
    ['pnpm', '--silent', '--filter', '@sync3/mock-server', 'run', 'contract', '--mode', 'update'],
  ];
  for (const [command, ...args] of steps) {
    const { status, output } = runQuietly(command, args);
    if (status === 0) continue;
    // The update itself is done: what is left, the tests tell as well.
    console.error(
      `${[command, ...args].join(' ')} failed, so packages/*/api and docs are of before:`,
    );
    console.error(output);
    return;
  }
}
