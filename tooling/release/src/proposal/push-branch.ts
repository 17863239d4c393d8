import { runProgram } from '../run-program.ts';
import { author, type Commit } from './commit-patch.ts';

/**
 * What became of the branch. `current`: it had this change already. `taken`: somebody else has
 * committed to it, so it was left alone.
 */
export type Pushed = 'pushed' | 'current' | 'taken';

/** Makes a remote branch consist of the base and one commit, unless somebody has worked on it. */
export async function pushBranch(
  repository: string,
  branch: string,
  commit: Commit,
): Promise<Pushed> {
  const git = async (...parameters: string[]) =>
    (await runProgram('git', parameters, repository)).trim();
  const reference = `refs/heads/${branch}`;
  const [before = ''] = (await git('ls-remote', 'origin', reference)).split('\t');
  if (before) {
    await git('fetch', '--no-tags', 'origin', reference);
    const committers = await git('log', '--format=%ce', `${commit.parent}..${before}`);
    const others = committers.split('\n').filter((email) => email && email !== author.email);
    if (others.length > 0) return 'taken';
    const content = await git('rev-parse', `${before}^{tree}`, `${before}^`);
    if (content === `${commit.tree}\n${commit.parent}`) return 'current';
  }
  // An empty hash says that the branch must still not exist.
  const lease = `--force-with-lease=${reference}:${before}`;
  await git('push', lease, 'origin', `${commit.hash}:${reference}`);
  return 'pushed';
}
