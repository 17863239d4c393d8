import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepareToolchain } from '../../workspace/toolchain.mjs';
import { type Proposal, writePatch, writeProposal } from './proposal/proposal.ts';
import { reportFailure } from './report-failure.ts';
import { repositoryRoot } from './repository-root.ts';
import { requireEnvironment } from './require-environment.ts';
import { runProgram } from './run-program.ts';
import { setOutput } from './set-output.ts';

/** What `pnpm spec:update --json` prints, as far as it is used here. */
interface Update {
  changed: boolean;
  bump: Proposal['bump'];
  /** For users, Markdown. */
  changelog: string;
  /** What is to be done about hand-written rules, each in lines for people. */
  rules: { text: string }[];
}

/**
 * Updates the document in a repository, keeps the change as a proposal, and runs all tests on it. It
 * runs code made of a document of somebody else, so it belongs in a job that may write nothing.
 *
 * @param from an address or file; without it, Runware's own.
 * @returns whether there is anything to propose.
 * @throws {Error} the update was refused; with the reason.
 */
export async function prepareSpecUpdate(
  repository: string,
  folder: string,
  from?: string,
): Promise<boolean> {
  const pnpm = join(repositoryRoot, 'node_modules/.bin/pnpm');
  const source = from ? ['--from', from] : [];
  const answer = await runProgram(
    pnpm,
    ['--silent', 'spec:update', '--json', ...source],
    repository,
  );
  const update: Update = JSON.parse(answer);
  if (!update.changed) return false;
  // The reports are part of the change. Why they cannot be written, the tests say as well.
  await runProgram(pnpm, ['--silent', 'surface'], repository).catch(console.error);
  // Before the tests, which may leave files behind.
  await writePatch(repository, folder);
  const failures = await findFailures(repository);
  writeProposal(folder, { bump: update.bump, text: describe(update), failures });
  return true;
}

function describe({ changelog, rules }: Update): string {
  if (rules.length === 0) return changelog;
  // Indented, it is shown as it is, whatever is in it.
  const lines = rules.flatMap(({ text }) => ['', ...text.split('\n').map((line) => `    ${line}`)]);
  return `${changelog.trim()}\n\n## Rules to write or change\n${lines.join('\n')}`;
}

/** Runs what CI runs, showing what it prints. */
async function findFailures(repository: string): Promise<string[]> {
  const tests = spawn(join(repository, '.ci/run'), {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  tests.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text);
    output += text;
  });
  const code = await new Promise((resolve, reject) =>
    tests.on('error', reject).on('close', resolve),
  );
  if (code === 0) return [];
  // At its end, `npm test` names each test and each step that has failed.
  const named = [...output.matchAll(/^failed: (.+)$|^(Failed: .+)$/gm)].map(
    ([, test, steps]) => test ?? steps ?? '',
  );
  return named.length > 0
    ? [...new Set(named)]
    : [`The tests ended with ${code} before their end.`];
}

/** `node prepare-spec-update.ts`, in the repository, with PROPOSAL (a folder) and SPEC_SOURCE in the environment. */
if (import.meta.main) {
  await reportFailure(async () => {
    prepareToolchain();
    const folder = requireEnvironment('PROPOSAL');
    const changed = await prepareSpecUpdate(process.cwd(), folder, process.env['SPEC_SOURCE']);
    setOutput('changed', String(changed));
  });
}
