// Plain JavaScript without dependencies: it runs on the machine's own Node, before anything is
// installed, and puts the pinned toolchain (pnpm, Node 24, turbo) in place.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeJobBuild } from './job-build.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const isWindows = process.platform === 'win32';
const modules = join(root, 'node_modules');
const binaries = join(modules, '.bin');
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * Where npm puts pnpm. It is no dependency of the workspace, since pnpm would then fetch itself once
 * more; and pnpm leaves hidden folders alone.
 */
const pnpmFolder = join(modules, '.pnpm-cli');
const pnpmBinaries = join(pnpmFolder, 'node_modules', '.bin');

/** The environment in which the pinned tools are found first. */
export const environment = {
  ...process.env,
  PATH: [binaries, pnpmBinaries, process.env.PATH].join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  // Hundreds of processes load the same compilers and libraries.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
};

/** Installs the dependencies, unless they are there. Ends the process when that fails. */
export function prepareToolchain() {
  const tools = ['turbo', 'node', ...(isWindows ? [] : ['pnpm'])];
  if (isInstalled('all') && tools.every((tool) => existsSync(join(binaries, tool)))) return;
  // Not on stdout, which `spec:update --json` keeps for its object.
  console.error('Installing the dependencies; this takes about a minute, once.');
  fetchPnpm();
  // `npm start` may have left out development dependencies, which pnpm asks about before it adds them.
  const options = ['--frozen-lockfile', '--config.confirm-modules-purge=false'];
  const { status, output } = runQuietly('pnpm', ['install', ...options]);
  if (status !== 0) fail(`The installation failed.\n${output}`);
  linkPnpm();
  if (existsSync(markerOf('some'))) removeJobBuild();
  rmSync(markerOf('some'), { force: true });
  markInstalled('all');
}

/** Whether the whole toolchain was installed at some time, and not only what `npm start` needs. */
export function hasToolchain() {
  return existsSync(join(binaries, 'turbo'));
}

/** Whether the scripts here have installed what is there, rather than pnpm called by itself. */
export function hasPreparedToolchain() {
  return ['all', 'some'].map(markerOf).some(existsSync);
}

/** Holds the hash of the lockfile of which so much was installed to the end. */
function markerOf(scope) {
  return join(modules, `.installed-${scope}`);
}

/** @param scope `all`, or `some`: what `npm start` needs. */
export function isInstalled(scope) {
  const marker = markerOf(scope);
  return existsSync(marker) && readFileSync(marker, 'utf8') === lockfileHash();
}

export function markInstalled(scope) {
  mkdirSync(modules, { recursive: true });
  writeFileSync(markerOf(scope), lockfileHash());
}

function lockfileHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
}

/** Puts the pnpm that `packageManager` names beside the dependencies, unless it is there. */
export function fetchPnpm() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    fail(`Node 20 or newer is needed; this is ${process.version}.`);
  }
  const { packageManager } = manifest;
  const fetched = join(pnpmFolder, 'node_modules/pnpm/package.json');
  // npm's cache would keep a second copy, which nobody asks for again. While this one is there, npm
  // has not come to its end.
  const cache = join(pnpmFolder, 'cache');
  if (existsSync(fetched) && !existsSync(cache)) {
    const { version } = JSON.parse(readFileSync(fetched, 'utf8'));
    if (packageManager === `pnpm@${version}`) return;
  }
  rmSync(pnpmFolder, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const options = ['--prefix', pnpmFolder, '--cache', cache, '--no-save', '--no-audit'];
  const install = ['install', ...options, '--loglevel=error', packageManager];
  // Within `npm start` and `npm test`, npm says where it is itself; another tool says so too.
  const npm = process.env.npm_execpath;
  const { status, output } = npm?.endsWith('npm-cli.js')
    ? runQuietly(process.execPath, [npm, ...install])
    : runQuietly('npm', install);
  if (status !== 0) fail(`${packageManager} could not be fetched.\n${output}`);
  rmSync(cache, { recursive: true, force: true });
}

/** Lets `npx pnpm` and the scripts of the workspace find pnpm among the other tools. */
function linkPnpm() {
  const link = join(binaries, 'pnpm');
  // There, npm writes scripts for the shell, which a link cannot stand for.
  if (isWindows) return;
  mkdirSync(binaries, { recursive: true });
  rmSync(link, { force: true });
  symlinkSync('../.pnpm-cli/node_modules/.bin/pnpm', link);
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

/** Ends the process with a message. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}
