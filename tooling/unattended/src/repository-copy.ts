import { appendFile, cp, mkdir, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../release/src/run-program.ts';

const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** A copy of this repository as it is now, with what was built and installed, and a commit of its own. */
export class RepositoryCopy {
  readonly root: string;
  /** Aside from the copy: what is written here is no change of it. */
  readonly aside: string;
  /** Whether the builds are those of the sources. */
  private isBuilt = true;

  private constructor(folder: string) {
    this.root = join(folder, 'repository');
    this.aside = join(folder, 'aside');
  }

  static async create(): Promise<RepositoryCopy> {
    const copy = new RepositoryCopy(await realpath(await mkdtemp(join(tmpdir(), 'sync3-try-'))));
    await mkdir(copy.aside);
    const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const paths = (await runProgram('git', listed, repositoryRoot)).split('\0').filter(Boolean);
    await Promise.all(paths.map((path) => copy.take(path)));
    await copy.takeInstallation(paths);
    await copy.git('init', '--quiet', '--initial-branch=main');
    await copy.git('config', 'user.name', 'Try');
    await copy.git('config', 'user.email', 'try@example.com');
    await copy.commit();
    return copy;
  }

  git(...parameters: string[]): Promise<string> {
    return runProgram('git', parameters, this.root);
  }

  async commit(): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--allow-empty', '--message', 'state');
  }

  /** Takes every change back, and leaves what is installed and built. */
  async reset(): Promise<void> {
    this.isBuilt = false;
    await this.git('reset', '--quiet', '--hard');
    await this.git('clean', '-d', '--force', '--quiet');
  }

  /**
   * Updates the document as the nightly run does, and gives what that prints.
   *
   * @param isWhole whether all is written that `pnpm spec:update` writes of the built packages; that
   *   is needed for the tests, and takes a minute. Without it, there are `docs/cli.md` and
   *   `docs/parameters.md` after the next `build`.
   */
  update(from: string, isWhole: boolean): Promise<string> {
    this.isBuilt = false;
    const options = ['--partly', '--json', '--from', from];
    return isWhole
      ? this.run('pnpm', '--silent', 'spec:update', ...options)
      : this.run('node', 'tooling/spec/src/update.ts', ...options);
  }

  async build(): Promise<void> {
    if (this.isBuilt) return;
    await this.run('turbo', 'run', 'build', '--output-logs=errors-only');
    await this.run('pnpm', '--silent', '--filter', '@sync3/cli', 'run', 'docs');
    this.isBuilt = true;
  }

  /** The paths that differ from the commit. */
  async changedFiles(): Promise<string[]> {
    const text = await this.git('status', '--porcelain', '--untracked-files=all', '-z');
    return text
      .split('\0')
      .filter(Boolean)
      .map((line) => line.slice(3));
  }

  /** Runs a tool of the workspace. */
  run(command: string, ...parameters: string[]): Promise<string> {
    const tools = join(this.root, 'node_modules/.bin');
    return runProgram(join(tools, command), parameters, this.root, {
      PATH: `${tools}:${process.env['PATH']}`,
      TURBO_TELEMETRY_DISABLED: '1',
    });
  }

  async remove(): Promise<void> {
    await rm(dirname(this.root), { recursive: true, force: true });
  }

  private async take(path: string): Promise<void> {
    const [from, to] = [join(repositoryRoot, path), join(this.root, path)];
    await mkdir(dirname(to), { recursive: true });
    await cp(from, to, { verbatimSymlinks: true }).catch((error) => {
      // Removed, and not committed yet.
      if (error.code !== 'ENOENT') throw error;
    });
  }

  /**
   * Links what is installed. Links from a package to another lead to the copy, since they are
   * relative and are kept as they are; those to the store lead through the copy's own link.
   */
  private async takeInstallation(paths: string[]): Promise<void> {
    const modules = 'node_modules';
    await mkdir(join(this.root, modules), { recursive: true });
    for (const name of await readdir(join(repositoryRoot, modules))) {
      const [from, to] = [join(repositoryRoot, modules, name), join(this.root, modules, name)];
      if (name === '.bin') await cp(from, to, { recursive: true, verbatimSymlinks: true });
      // By this, `npm test` sees that all is installed.
      else if (name.startsWith('.installed-')) await cp(from, to);
      // What else is hidden tells pnpm about the installation, or is kept by a run for itself.
      else if (['.pnpm', '.pnpm-cli'].includes(name) || !name.startsWith('.')) {
        await symlink(from, to);
      }
    }
    // Without this, each script that pnpm runs would first install anew, through the links.
    await appendFile(join(this.root, 'pnpm-workspace.yaml'), '\nverifyDepsBeforeRun: false\n');
    const packages = paths.filter((path) => /^[^/]+(\/[^/]+)?\/package\.json$/.test(path));
    for (const folder of packages.map((path) => dirname(path))) {
      for (const name of ['node_modules', 'dist']) {
        const from = join(repositoryRoot, folder, name);
        await cp(from, join(this.root, folder, name), {
          recursive: true,
          verbatimSymlinks: true,
        }).catch((error) => {
          if (error.code !== 'ENOENT') throw error;
        });
      }
    }
  }
}
