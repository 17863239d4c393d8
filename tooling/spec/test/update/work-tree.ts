import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { locations } from '../../src/locations.ts';
import type { Part } from '../diff/document-parts.ts';
import { frozenText } from '../frozen/frozen-document.ts';

const execute = promisify(execFile);

/** What `pnpm spec:update` reads and writes, and its own sources. */
const copied = [
  '.gitignore',
  '.changeset',
  'openapi',
  'packages/generated/package.json',
  'packages/generated/src',
  'packages/batch/package.json',
  'packages/cli/package.json',
  'packages/sdk/package.json',
  'packages/sdk/src/lipsync/rules/claims.json',
  'packages/mock-server/package.json',
  'tooling/spec/package.json',
  'tooling/spec/src',
];

/** A git work tree of its own in which `pnpm spec:update` can be run, and killed. */
export class WorkTree {
  readonly root: string;
  /** Aside from the tree: what is written here is no change of it. */
  readonly aside: string;

  private constructor(folder: string) {
    this.root = join(folder, 'tree');
    this.aside = join(folder, 'aside');
  }

  static async create(): Promise<WorkTree> {
    const tree = new WorkTree(await mkdtemp(join(tmpdir(), 'sync3-update-')));
    await mkdir(tree.aside);
    for (const path of copied) {
      await cp(join(locations.root, path), join(tree.root, path), { recursive: true });
    }
    await mkdir(join(tree.root, 'node_modules'));
    const modules = 'tooling/spec/node_modules';
    await symlink(join(locations.root, modules), join(tree.root, modules));
    // A link is no folder: the line of .gitignore for folders does not cover it.
    await writeFile(join(tree.root, '.git-exclude'), 'node_modules\n.git-exclude\n');
    await tree.freeze();
    await tree.git('init', '--quiet');
    await tree.git('config', 'core.excludesFile', join(tree.root, '.git-exclude'));
    await tree.commit();
    return tree;
  }

  /** Has the tree follow the document that stays, where the committed one is another. */
  private async freeze(): Promise<void> {
    const path = join(this.root, 'openapi/upstream/sync-3.json');
    if ((await readFile(path, 'utf8')) === frozenText) return;
    await writeFile(path, frozenText);
    await execute(process.execPath, [join(this.root, 'tooling/spec/src/generate.ts')]);
  }

  async git(...args: string[]): Promise<string> {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    const { stdout } = await execute('git', [...identity, ...args], { cwd: this.root });
    return stdout;
  }

  async commit(): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', 'state');
  }

  /** The changed paths, and for each what became of it; empty when the tree is clean. */
  async status(): Promise<string[]> {
    const text = await this.git('status', '--porcelain', '--untracked-files=all');
    return text.split('\n').filter((line) => line !== '');
  }

  /** Everything that git says has changed. */
  async difference(): Promise<string> {
    await this.git('add', '--all');
    const text = await this.git('diff', '--cached');
    await this.git('reset', '--quiet');
    return text;
  }

  /** Writes a changed upstream document aside and gives its path. */
  async changedDocument(change: (document: Part) => void, spaces = 2): Promise<string> {
    const text = await readFile(join(this.root, 'openapi/upstream/sync-3.json'), 'utf8');
    const document = JSON.parse(text);
    change(document);
    const path = join(this.aside, 'changed.json');
    await writeFile(path, JSON.stringify(document, null, spaces));
    return path;
  }

  /** Runs `pnpm spec:update` to its end. */
  async update(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const child = this.start(...args);
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      output.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output.stderr += chunk;
    });
    const code = await new Promise<number>((resolve) => child.on('close', resolve));
    return { code, ...output };
  }

  /** Starts `pnpm spec:update`, in a process group of its own. */
  start(...args: string[]) {
    const script = join(this.root, 'tooling/spec/src/update.ts');
    return spawn(process.execPath, [script, ...args], {
      cwd: this.root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async remove(): Promise<void> {
    await rm(join(this.root, '..'), { recursive: true });
  }
}
