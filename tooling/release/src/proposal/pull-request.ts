import { runProgram } from '../run-program.ts';
import { withBodyFile } from './body-file.ts';

/** What a pull request says. */
export interface PullRequest {
  branch: string;
  base: string;
  title: string;
  body: string;
  /** Not to be merged yet. */
  draft: boolean;
}

/**
 * Opens the one pull request of a branch, or brings it up to date. The body goes through a file.
 *
 * @returns what was done.
 */
export async function upsertPullRequest(
  repository: string,
  wanted: PullRequest,
): Promise<'opened' | 'refreshed'> {
  const { branch, base, title, body, draft } = wanted;
  const gh = (...parameters: string[]) => runProgram('gh', parameters, repository);
  const open = await findOpen(gh, branch, base);
  return withBodyFile(body, async (bodyFile) => {
    const content = ['--title', title, '--body-file', bodyFile];
    if (!open) {
      const flags = draft ? ['--draft'] : [];
      await gh('pr', 'create', '--base', base, '--head', branch, ...content, ...flags);
      return 'opened';
    }
    const number = String(open.number);
    await gh('pr', 'edit', number, ...content);
    if (open.isDraft !== draft) await gh('pr', 'ready', number, ...(draft ? ['--undo'] : []));
    return 'refreshed';
  });
}

interface OpenPullRequest {
  number: number;
  isDraft: boolean;
  /** Its branch is in a fork. */
  isCrossRepository: boolean;
}

/** The open pull request of a branch of this repository: a fork may have a branch of that name. */
async function findOpen(
  gh: (...parameters: string[]) => Promise<string>,
  branch: string,
  base: string,
): Promise<OpenPullRequest | undefined> {
  const fields = 'number,isDraft,isCrossRepository';
  const answer = await gh(
    'pr',
    'list',
    '--head',
    branch,
    '--base',
    base,
    '--state',
    'open',
    '--json',
    fields,
  );
  const found: OpenPullRequest[] = JSON.parse(answer);
  return found.find(({ isCrossRepository }) => !isCrossRepository);
}
