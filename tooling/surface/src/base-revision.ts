import { execFileSync } from 'node:child_process';

/** The branch that changes go to; as in `.changeset/config.json`. */
const mainBranch = 'main';

/** The commit that a change is compared with. */
export interface BaseRevision {
  /** In short, for messages. */
  commit: string;
  /** The paths of its files. */
  paths: string[];
  /** @throws when there is no such file. */
  read(path: string): string;
}

export interface BaseChoice {
  /** A branch, tag or commit to compare with. */
  base?: string | undefined;
  /** `GITHUB_BASE_REF` is the branch that a pull request goes to. */
  environment?: NodeJS.ProcessEnv;
}

/**
 * The revision that the work tree is compared with: where it has left the branch that was named, that
 * of the pull request, or main. On main itself, the commit before.
 *
 * @returns `undefined` when nothing was named and history has nothing to compare with.
 * @throws when what was named is not in this clone, with what to fetch.
 */
export function findBase(
  root: string,
  { base, environment = process.env }: BaseChoice,
): BaseRevision | undefined {
  const target = environment['GITHUB_BASE_REF'];
  const named = base ?? (target ? `origin/${target}` : undefined);
  const commit = named ? findNamed(root, named) : findByHistory(root);
  return commit ? openRevision(root, commit) : undefined;
}

function findNamed(root: string, name: string): string {
  const fork = findFork(root, name);
  if (fork) return fork;
  throw new Error(
    `The base "${name}" and this change have no common commit in this clone, so nobody knows what the change breaks. Fetch both with their history: "git fetch --unshallow origin", or fetch-depth: 0 for actions/checkout.`,
  );
}

function findByHistory(root: string): string | undefined {
  const fork = findFork(root, `origin/${mainBranch}`) ?? findFork(root, mainBranch);
  const branch = tryGit(root, 'symbolic-ref', '--short', 'HEAD');
  // A branch that has no commit of its own yet is compared with main, too.
  const isMain = fork === resolve(root, 'HEAD') && (!branch || branch === mainBranch);
  return fork && !isMain ? fork : resolve(root, 'HEAD^');
}

/** Not the end of the other branch, or what was added there would look as if it was removed here. */
function findFork(root: string, name: string): string | undefined {
  const commit = resolve(root, name);
  return commit ? tryGit(root, 'merge-base', commit, 'HEAD') : undefined;
}

function resolve(root: string, name: string): string | undefined {
  return tryGit(root, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`);
}

function openRevision(root: string, commit: string): BaseRevision {
  return {
    commit: commit.slice(0, 10),
    paths: git(root, 'ls-tree', '-r', '-z', '--name-only', commit).split('\0').filter(Boolean),
    read: (path) => git(root, 'show', `${commit}:./${path}`),
  };
}

function tryGit(root: string, ...parameters: string[]): string | undefined {
  try {
    return git(root, ...parameters).trim();
  } catch {
    return undefined;
  }
}

function git(root: string, ...parameters: string[]): string {
  return execFileSync('git', parameters, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    // Documents of tens of megabytes do not occur among sources.
    maxBuffer: 64 * 1024 * 1024,
  });
}
