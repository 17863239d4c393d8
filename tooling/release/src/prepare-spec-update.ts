import { join } from 'node:path';
import { prepareToolchain } from '../../workspace/toolchain.mjs';
import { findFailures } from './proposal/find-failures.ts';
import { type Proposal, writePatch, writeProposal } from './proposal/proposal.ts';
import { reportFailure } from './report-failure.ts';
import { repositoryRoot } from './repository-root.ts';
import { requireEnvironment } from './require-environment.ts';
import { ProgramError, runProgram } from './run-program.ts';
import { setOutput } from './set-output.ts';

/** Something that a person has to see to. */
interface ForPeople {
  /** Where it stands in the document. */
  pointer?: string;
  text: string;
  /** The file to edit, from the root. */
  file?: string;
}

/** What `pnpm spec:update --json` prints, as far as it is used here. */
interface Update {
  changed: boolean;
  bump: Proposal['bump'];
  /** For users, Markdown. */
  changelog: string;
  /** What a person should look at, although it was taken. */
  forPeople: ForPeople[];
  /** What example applications rely on and would miss; absent when there is nothing. */
  brokenContracts?: { file: string; pointer: string; today: string; newly: string }[];
  /** Why some of the change was not taken. */
  heldBack: ForPeople[];
}

/**
 * Updates the document in a repository and keeps the change as proposals: what can be taken by
 * itself, with all tests run on it; and, where a person has to decide something, all of the change as
 * a draft, or the reason alone. It runs code made of a document of somebody else, so it belongs in a
 * job that may write nothing.
 *
 * @param folder gets a folder for each proposal, by its kind.
 * @param from an address or file; without it, Runware's own.
 * @returns which proposals there are.
 */
export async function prepareSpecUpdate(
  repository: string,
  folder: string,
  from?: string,
): Promise<{ changed: boolean; heldBack: boolean }> {
  const source = from ? ['--from', from] : [];
  const update = async (...options: string[]): Promise<Update> => {
    const pnpm = join(repositoryRoot, 'node_modules/.bin/pnpm');
    const command = ['--silent', 'spec:update', '--json', ...options, ...source];
    return JSON.parse(await runProgram(pnpm, command, repository));
  };
  const [part, whole] = [join(folder, 'spec-update'), join(folder, 'held-back')];
  let taken: Update;
  try {
    taken = await update('--partly');
  } catch (refusal) {
    writeProposal(whole, { bump: null, text: refused(refusal), failures: [] });
    return { changed: false, heldBack: true };
  }
  const { changed, heldBack } = taken;
  if (changed) {
    // Before the tests, which may leave files behind.
    await writePatch(repository, part);
    const failures = await findFailures(repository);
    writeProposal(part, { bump: taken.bump, text: describe(taken), failures });
  }
  if (heldBack.length === 0) return { changed, heldBack: false };
  await runProgram('git', ['reset', '--quiet', '--hard'], repository);
  await runProgram('git', ['clean', '-d', '--force', '--quiet'], repository);
  const reasons = section('What a person has to decide', heldBack);
  try {
    const { bump, changelog } = await update();
    await writePatch(repository, whole);
    writeProposal(whole, {
      bump,
      text: `${reasons}\n\n${changelog.trim()}`,
      failures: [],
      isDraft: true,
    });
  } catch (refusal) {
    // As a whole it cannot even be a draft.
    const text = `${reasons}\n\n${refused(refusal)}`;
    writeProposal(whole, { bump: null, text, failures: [] });
  }
  return { changed, heldBack: true };
}

function describe({ changelog, forPeople, heldBack, brokenContracts = [] }: Update): string {
  const broken = brokenContracts.map(({ file, pointer, today, newly }) => ({
    pointer,
    text: `${file}: ${today} today, then ${newly}`,
  }));
  return [
    changelog.trim(),
    section('Example applications rely on this', broken),
    section('Left for a person', forPeople),
    section('Not in here, since a person has to decide it', heldBack),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function section(title: string, matters: ForPeople[]): string {
  if (matters.length === 0) return '';
  const texts = matters.map(({ pointer, text, file }) =>
    verbatim([pointer, text, file && `Edit ${file}.`]),
  );
  return `## ${title}\n\n${texts.join('\n    \n')}`;
}

function refused(refusal: unknown): string {
  const message = refusal instanceof ProgramError ? refusal.errors : String(refusal);
  return `## The document was refused\n\n${verbatim([message.trim()])}`;
}

/** Indented, a text is shown as it is, whatever is in it. */
function verbatim(texts: (string | undefined)[]): string {
  const lines = texts.filter((text) => text !== undefined).flatMap((text) => text.split('\n'));
  return lines.map((line) => `    ${line}`).join('\n');
}

/** `node prepare-spec-update.ts`, in the repository, with PROPOSAL (a folder) and SPEC_SOURCE in the environment. */
if (import.meta.main) {
  await reportFailure(async () => {
    prepareToolchain();
    const folder = requireEnvironment('PROPOSAL');
    const found = await prepareSpecUpdate(process.cwd(), folder, process.env['SPEC_SOURCE']);
    setOutput('changed', String(found.changed));
    setOutput('held-back', String(found.heldBack));
  });
}
