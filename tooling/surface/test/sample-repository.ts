import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Texts by their paths; `undefined` removes the file. */
export type Files = Record<string, string | undefined>;

/** A folder for one test, with these files. */
export function makeFolder(files: Files): string {
  const folder = writeFolder(files);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A folder with these files, which the caller removes. */
export function writeFolder(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sync3-surface-test-')));
  changeFiles(folder, files);
  return folder;
}

export function changeFiles(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    if (text === undefined) {
      rmSync(file);
    } else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}

/** Without what a hook that runs the tests has set, or the job that runs them. */
export const environment: NodeJS.ProcessEnv = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(GIT|GITHUB)_/.test(name)),
  ),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

export function git(folder: string, ...parameters: string[]): string {
  const options = { cwd: folder, env: environment, encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync('git', parameters, options);
}

export function commitAll(folder: string, message: string): void {
  git(folder, 'add', '--all');
  // What is built is ignored, so there may be nothing else.
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
}
