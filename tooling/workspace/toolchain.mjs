// Plain JavaScript without dependencies: it runs on the machine's own Node, before anything is
// installed, and puts the pinned toolchain (pnpm, Node 24, turbo) in place.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Holds the hash of the lockfile of which so much was installed to the end. */
const markerOf = (scope) => join(root, 'node_modules', `.installed-${scope}`);

/** The environment in which the pinned tools are found first. */
const environment = {
  ...process.env,
  PATH: join(root, 'node_modules', '.bin') + delimiter + process.env.PATH,
  TURBO_TELEMETRY_DISABLED: '1',
  // Hundreds of processes load the same compilers and libraries.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
};

/**
 * Installs the dependencies, unless they are there. Ends the process when that fails.
 *
 * @param packageName installs what this package needs, without the runtimes, frameworks and peers
 *   that only tests, examples and benchmarks use; without it, everything.
 */
export function prepareToolchain(packageName) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    fail(`Node 20 or newer is needed; this is ${process.version}.`);
  }
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'));
  const hash = createHash('sha256').update(lockfile).digest('hex');
  const tools = ['turbo', 'node', 'pnpm'].map((tool) => join(root, 'node_modules', '.bin', tool));
  const scopes = packageName ? ['all', 'some'] : ['all'];
  const isCurrent = scopes
    .map(markerOf)
    .some((marker) => existsSync(marker) && readFileSync(marker, 'utf8') === hash);
  if (isCurrent && tools.every(existsSync)) return;
  // Not on stdout, which `spec:update --json` keeps for its object.
  console.error('Installing the dependencies; this takes about a minute, once.');
  const { name, packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const filters = packageName ? ['--filter', name, '--filter', `${packageName}...`] : [];
  const pnpm = ['exec', '--yes', '--', packageManager];
  const install = [...pnpm, 'install', '--frozen-lockfile', ...filters];
  // Within `npm start` and `npm test`, npm says where it is itself; another tool says so too.
  const npm = process.env.npm_execpath;
  const { status, output } = npm?.endsWith('npm-cli.js')
    ? runQuietly(process.execPath, [npm, ...install])
    : runQuietly('npm', install);
  if (status !== 0) fail(`The installation failed.\n${output}`);
  writeFileSync(markerOf(packageName ? 'some' : 'all'), hash);
}

/** Whether `prepareToolchain` has installed what is there, rather than pnpm called by itself. */
export function hasPreparedToolchain() {
  return ['all', 'some'].map(markerOf).some(existsSync);
}

/** Runs a tool of the workspace, showing what it prints. */
export function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env: environment,
    stdio: 'inherit',
  });
  if (error) console.error(error.message);
  return status ?? 1;
}

/** Runs a tool of the workspace and keeps what it prints. */
export function runQuietly(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: status ?? 1, output: error ? error.message : stdout + stderr };
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
