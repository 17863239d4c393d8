import { commitPatch } from './proposal/commit-patch.ts';
import { inertMarkdown } from './proposal/inert-markdown.ts';
import { upsertIssue } from './proposal/issue.ts';
import { kinds } from './proposal/kinds.ts';
import { hasPatch, type Proposal, patchOf, readProposal } from './proposal/proposal.ts';
import { upsertPullRequest } from './proposal/pull-request.ts';
import { pushBranch } from './proposal/push-branch.ts';
import { reportFailure } from './report-failure.ts';
import { requireEnvironment } from './require-environment.ts';
import { runProgram } from './run-program.ts';

/** How many failed tests the text of a pull request names. */
const namedFailures = 10;

/**
 * Turns a proposal into the one pull request of its kind and starts the tests on it; or, where it has
 * no change, into the one issue. It needs nothing but Node, git and gh, and runs nothing of what is
 * proposed.
 *
 *     node propose.ts <spec-update|held-back|release>, in the repository, with PROPOSAL (a folder) in
 *     the environment
 */
await reportFailure(async () => {
  const [name = ''] = process.argv.slice(2);
  const kind = kinds[name];
  if (!kind) throw new Error(`Usage: propose.ts <${Object.keys(kinds).join('|')}>`);
  const folder = requireEnvironment('PROPOSAL');
  const repository = process.cwd();
  const base = 'main';
  const { branch } = kind;
  const proposal = readProposal(folder);
  if (kind.issue && !hasPatch(folder)) {
    const done = await upsertIssue(repository, kind.issue, inertMarkdown(proposal.text));
    console.log(`The issue "${kind.issue}" was ${done}.`);
    return;
  }
  const title = kind.title(proposal);
  const commit = await commitPatch(repository, patchOf(folder), kind.allowed, title);
  const pushed = await pushBranch(repository, branch, commit);
  if (pushed === 'taken') {
    console.log(
      `::warning::Somebody has committed to the branch ${branch}, so it was left as it is. Merge it, or delete it for a new one.`,
    );
    return;
  }
  const draft = proposal.isDraft === true || proposal.failures.length > 0;
  const body = inertMarkdown(describe(proposal, kind.note));
  const done = await upsertPullRequest(repository, { branch, base, title, body, draft });
  console.log(`The pull request of ${branch} was ${done}${draft ? ', as a draft' : ''}.`);
  // What the token of a workflow pushes starts no workflow, except one that is started by name.
  if (pushed === 'pushed') {
    await runProgram('gh', ['workflow', 'run', 'ci.yml', '--ref', branch], repository);
  }
});

/** The text comes first: it says what this is about. What fails makes it a draft, and stands below. */
function describe({ text, failures }: Proposal, note: string): string {
  const named = failures
    .slice(0, namedFailures)
    .map((failure) => `- \`${failure.replaceAll('`', "'")}\``);
  const more = failures.length - named.length;
  if (more > 0) named.push(`- and ${more} more, which the log of this workflow names`);
  const failed =
    failures.length > 0 &&
    `## The tests fail\n\n${named.join('\n')}\n\nThis stays a draft until they pass.`;
  return [text.trim(), failed, note].filter(Boolean).join('\n\n');
}
