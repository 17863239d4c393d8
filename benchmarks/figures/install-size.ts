import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diskUsage } from '../measure/disk-usage.ts';
import type { Figure } from '../measure/figure.ts';
import { spread } from '../measure/statistics.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What people install together; each needs those before it. */
const projects = [
  ['generated', 'sdk'],
  ['generated', 'sdk', 'batch'],
  ['generated', 'sdk', 'batch', 'cli'],
  ['generated', 'sdk', 'batch', 'cli', 'mock-server'],
];

/** Installs the packed packages with npm into empty projects. Needs a registry. */
export const installSize: Figure = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sync3-install-'));
  try {
    return {
      title: 'What is installed',
      method:
        'The packages as they are packed, installed by npm into an empty project. MB are 10^6 bytes, of blocks of 4 kB.',
      subject: 'Packages',
      columns: [
        { title: 'MB', best: 'lowest' },
        { title: 'packages', best: 'lowest' },
      ],
      rows: projects.map((names) => {
        const { bytes, packages } = install(names, folder);
        return {
          title: names.map((name) => `@sync3/${name}`).join(', '),
          cells: [spread([bytes / 1e6]), spread([packages])],
        };
      }),
      notes: ['The mock server is needed for `--mock` and `sync3 mock` alone.'],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/**
 * Packs packages of this repository, which are built, and installs them into a new project.
 *
 * @param names of folders in `packages`.
 */
export function install(names: readonly string[], folder: string) {
  const project = mkdtempSync(join(folder, 'project-'));
  writeFileSync(join(project, 'package.json'), '{"private":true}');
  const tarballs = names.map((name) => {
    const tarball = join(project, `${name}.tgz`);
    const pnpm = join(root, 'node_modules/.bin/pnpm');
    runIn(join(root, 'packages', name), pnpm, ['pack', '--out', tarball]);
    return tarball;
  });
  runIn(project, 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs]);
  const lockfile = JSON.parse(
    readFileSync(join(project, 'node_modules/.package-lock.json'), 'utf8'),
  );
  return {
    project,
    bytes: diskUsage(join(project, 'node_modules')),
    packages: Object.keys(lockfile.packages).length,
  };
}

function runIn(cwd: string, command: string, args: string[]): void {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
}
