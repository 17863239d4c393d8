import { runProgram } from '../run-program.ts';
import { withBodyFile } from './body-file.ts';

interface OpenIssue {
  number: number;
  title: string;
  author: { is_bot: boolean };
}

/**
 * Opens the one issue of a title, or brings it up to date.
 *
 * @returns what was done.
 */
export async function upsertIssue(
  repository: string,
  title: string,
  body: string,
): Promise<'opened' | 'refreshed'> {
  const gh = (...parameters: string[]) => runProgram('gh', parameters, repository);
  const fields = ['--json', 'number,title,author'];
  const open: OpenIssue[] = JSON.parse(
    await gh('issue', 'list', '--state', 'open', '--limit', '1000', ...fields),
  );
  // People may open issues of the same title: only our own is brought up to date.
  const known = open.find((issue) => issue.title === title && issue.author.is_bot);
  return withBodyFile(body, async (bodyFile) => {
    if (!known) {
      await gh('issue', 'create', '--title', title, '--body-file', bodyFile);
      return 'opened';
    }
    await gh('issue', 'edit', String(known.number), '--body-file', bodyFile);
    return 'refreshed';
  });
}
