import { execFileSync } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import { files, update } from './update.ts';

/** A git repository of a few committed files, with the place where its files are replaced. */
export async function createWorkTree() {
  const root = await mkdtemp(join(tmpdir(), 'sync3-work-tree-'));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const [path, text] of Object.entries(files)) await writeTo(root, path, text);
  await chmod(join(root, 'src/types.ts'), 0o755);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  git('init', '--quiet');
  git('add', '.');
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  git(...author, '-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', 'first');
  return { root, staging: join(root, 'node_modules/.cache/sync3-spec'), git };
}
export type WorkTree = Awaited<ReturnType<typeof createWorkTree>>;

export async function writeTo(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** How far the update has come, judged by git and by the contents of the files. */
export async function stateOf({ root, git }: WorkTree): Promise<'before' | 'after' | 'mixed'> {
  const status = git('status', '--porcelain', '--untracked-files=all').split('\n').sort();
  if (status.join('') === '') return 'before';
  const complete = [
    ...['', ' D src/retired.ts', ' M openapi/composed.json', ' M openapi/upstream.json'],
    ...[' M src/types.ts', '?? .changeset/deep/news.md', '?? src/added.ts'],
  ];
  if (status.join() !== complete.join()) return 'mixed';
  for (const { path, content } of update) {
    if (content !== null && (await readFile(join(root, path), 'utf8')) !== content) return 'mixed';
  }
  return 'after';
}

/** Everything in a folder, but for git's files and what is ignored: names, permissions, contents. */
export async function snapshot(root: string): Promise<Map<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const found = entries
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
    .filter(({ path }) => !/^(\.git|node_modules)(\/|$)/.test(relative(root, path)));
  const described = found.map(async ({ entry, path }): Promise<[string, string]> => {
    const mode = (await lstat(path)).mode.toString(8);
    return [relative(root, path), entry.isFile() ? `${mode} ${await readFile(path)}` : mode];
  });
  return new Map((await Promise.all(described)).sort());
}

/** What is left where files are prepared; the lock stays. */
export async function leftovers({ staging }: WorkTree): Promise<string[]> {
  return (await readdir(staging)).filter((name) => name !== 'lock');
}
