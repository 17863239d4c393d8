import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { runProgram } from '../src/run-program.ts';

/** What the stand-in for GitHub knows. */
interface GitHub {
  calls: string[][];
  pulls: {
    number: number;
    head: string;
    base: string;
    title: string;
    body: string;
    isDraft: boolean;
    isCrossRepository: boolean;
  }[];
  issues: { number: number; title: string; body: string; author: { is_bot: boolean } }[];
  releases: { tagName: string; target: string; notes: string }[];
}

/** A repository on a remote, as a workflow finds it, with the stand-in for GitHub's command. */
export interface Scene {
  folder: string;
  environment: Record<string, string>;
  /** A fresh clone of the main branch: what a job checks out. */
  checkOut(): Promise<string>;
  git(folder: string, ...parameters: string[]): Promise<string>;
  /** Commits all that differs in a clone and pushes it. */
  push(folder: string, branch: string): Promise<void>;
  /** Runs a script of `src` in a folder, as the workflows do, and gives what it prints. */
  script(
    name: string,
    folder: string,
    environment?: Record<string, string>,
    parameters?: string[],
  ): Promise<string>;
  gitHub(): GitHub;
  setGitHub(state: GitHub): Promise<void>;
  remove(): Promise<void>;
}

/** Makes a remote whose main branch has these files. */
export async function createScene(files: Record<string, string>): Promise<Scene> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sync3-scene-')));
  const [remote, programs, state] = ['remote.git', 'bin', 'github.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const environment: Record<string, string> = {
    PATH: programs + delimiter + process.env['PATH'],
    GH_STATE: state,
    GITHUB_OUTPUT: '',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'user.name',
    GIT_CONFIG_VALUE_0: 'Ada',
    GIT_CONFIG_KEY_1: 'user.email',
    GIT_CONFIG_VALUE_1: 'ada@example.com',
  };
  const git = (where: string, ...parameters: string[]) =>
    runProgram('git', parameters, where, environment);
  await writeFiles(programs, {
    gh: `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, 'fake-gh.mjs')}" "$@"\n`,
  });
  await chmod(join(programs, 'gh'), 0o755);
  await git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', remote);

  let clones = 0;
  const scene: Scene = {
    folder,
    environment,
    git,
    async checkOut() {
      clones += 1;
      const clone = join(folder, `clone-${clones}`);
      await git(folder, 'clone', '--quiet', remote, clone);
      return clone;
    },
    async push(clone, branch) {
      await git(clone, 'add', '--all');
      await git(clone, 'commit', '--quiet', '--message', 'change');
      await git(clone, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
    },
    script: (name, where, more = {}, parameters = []) =>
      runProgram(
        process.execPath,
        [join(import.meta.dirname, '../src', name), ...parameters],
        where,
        {
          ...environment,
          ...more,
        },
      ),
    gitHub: () =>
      existsSync(state)
        ? JSON.parse(readFileSync(state, 'utf8'))
        : { calls: [], pulls: [], issues: [], releases: [] },
    setGitHub: (known) => writeFile(state, JSON.stringify(known)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
  const first = await scene.checkOut();
  await writeFiles(first, files);
  await scene.push(first, 'main');
  return scene;
}

/** Writes files by their paths. */
export async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
