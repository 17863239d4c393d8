// `npm start`: one lip-sync job from end to end, on the machine as it is. Where the toolchain is not
// installed, only what the job needs is, and the machine's own Node builds and runs it
// (docs/decisions/0030-what-is-installed.md).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stderr } from 'node:process';
import { buildJob, program } from './job-build.mjs';
import {
  environment,
  fail,
  fetchPnpm,
  hasToolchain,
  isInstalled,
  manifest,
  markInstalled,
  prepareToolchain,
  root,
  run,
  runQuietly,
} from './toolchain.mjs';

const example = '@sync3/example-first-job';
const args = process.argv.slice(2);

if (hasToolchain()) {
  prepareToolchain();
  await phase('Build', buildWithToolchain);
  runJob('node', ['examples/first-job/src/main.ts', ...args]);
} else {
  if (!isInstalled('some')) {
    await phase('Fetch pnpm', fetchPnpm);
    await phase('Install', installForJob);
    markInstalled('some');
  }
  await phase('Build', buildJob);
  runJob(process.execPath, [program, ...args]);
}

function buildWithToolchain() {
  const build = ['run', 'build', `--filter=${example}...`, '--output-logs=errors-only'];
  const { status, output } = runQuietly('turbo', build);
  if (status !== 0) throw new Error(output);
}

/** Installs the packages of the job and what builds them. */
async function installForJob(show) {
  const filters = ['--filter', manifest.name, '--filter', `${example}...`];
  // The ages of all locked versions are checked by `npm test`: that reads 200 MB of the registry.
  const options = ['--prod', '--frozen-lockfile', '--trust-lockfile', '--reporter=append-only'];
  const pnpm = spawn('pnpm', ['install', ...options, ...filters], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // There, npm writes a script for the shell.
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [pnpm.stdout, pnpm.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      const [, all, added] = /.*resolved (\d+),.* added (\d+)/s.exec(text) ?? [];
      if (all) show(`${added} of ${all} packages`);
    });
  }
  const [code] = await once(pnpm, 'close');
  if (code !== 0) throw new Error(output);
}

/** Says what is done and how long it took. Ends the process when it fails. */
async function phase(title, work) {
  const startedAt = performance.now();
  const show = (text) => {
    if (stderr.isTTY) stderr.write(`\r\x1b[K${title.padEnd(12)}${text}`);
  };
  show('...');
  try {
    await work(show);
  } catch (error) {
    show('failed\n');
    fail(error.message);
  }
  if (stderr.isTTY) stderr.write('\r\x1b[K');
  tellSeconds(title, startedAt);
}

function runJob(command, parameters) {
  const startedAt = performance.now();
  process.exitCode = run(command, parameters);
  tellSeconds('Job', startedAt);
}

function tellSeconds(title, startedAt) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  stderr.write(`${title.padEnd(12)}${seconds} s\n`);
}
