import { runProgram } from '../run-program.ts';

/** Who the workflows commit as: GitHub's own account for them. */
export const author = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};

/** A change as a commit that no branch has yet. */
export interface Commit {
  hash: string;
  tree: string;
  /** The commit it was made on. */
  parent: string;
}

/** An ordinary file, and one that is gone. A link or a program is neither. */
const modes = ['100644', '000000'];

/**
 * Makes a commit of a patch on what is checked out. Nothing of it comes into the work tree, so nothing
 * of it can run.
 *
 * @param allowed what the paths of changed files may be.
 * @throws {Error} the patch does not apply, or reaches for other files than it may.
 */
export async function commitPatch(
  repository: string,
  patch: string,
  allowed: RegExp,
  message: string,
): Promise<Commit> {
  const identity = {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
  };
  const git = async (...parameters: string[]) =>
    (await runProgram('git', parameters, repository, identity)).trim();
  await git('read-tree', 'HEAD');
  await git('apply', '--cached', '--binary', '--whitespace=nowarn', patch);
  // One record for each file: ":<old mode> <new mode> ...", then its path.
  const changes = await git('diff', '--cached', '--raw', '-z', '--no-renames', 'HEAD');
  const fields = changes.split('\0');
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [, mode = ''] = (fields[index] ?? '').split(' ');
    const path = fields[index + 1] ?? '';
    if (!modes.includes(mode) || !allowed.test(path)) {
      throw new Error(
        `The change touches ${JSON.stringify(path)} (mode ${mode}), which it must not. Nothing was pushed; look at the artifact of this run.`,
      );
    }
  }
  const parent = await git('rev-parse', 'HEAD');
  const tree = await git('write-tree');
  const hash = await git('commit-tree', tree, '-p', parent, '-m', message);
  return { hash, tree, parent };
}
