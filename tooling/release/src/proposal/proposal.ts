import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../run-program.ts';

/**
 * What a job without any right to write has worked out, as data for the job that has it. Its texts
 * may come from outside: they are shown, and never run.
 */
export interface Proposal {
  /** How much users are affected, where that is known. */
  bump: 'major' | 'minor' | 'patch' | null;
  /** The change in words, Markdown. */
  text: string;
  /** What failed when the tests ran on the change. */
  failures: string[];
  /** Why it must not be merged as it is, although no test fails. */
  isDraft?: boolean;
}

const patchName = 'change.patch';
const textName = 'proposal.json';

/** Path of the patch of a proposal. */
export function patchOf(folder: string): string {
  return join(folder, patchName);
}

/** Whether a proposal has a change; without one it is a matter to be told. */
export function hasPatch(folder: string): boolean {
  return existsSync(patchOf(folder));
}

/** Keeps all that differs from the commit in a repository, new files too, as a patch in a folder. */
export async function writePatch(repository: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await runProgram('git', ['add', '--all', '--', ':/'], repository);
  const flags = ['--cached', '--binary', '--no-renames', '--no-ext-diff', '--no-textconv'];
  const patch = await runProgram('git', ['diff', ...flags, 'HEAD'], repository);
  writeFileSync(patchOf(folder), patch);
}

/** Writes everything but the patch. */
export function writeProposal(folder: string, proposal: Proposal): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, textName), JSON.stringify(proposal));
}

/** @throws {Error} the file is missing or is no proposal. */
export function readProposal(folder: string): Proposal {
  const {
    bump,
    text,
    failures,
    isDraft = false,
  } = JSON.parse(readFileSync(join(folder, textName), 'utf8'));
  const bumps: unknown[] = ['major', 'minor', 'patch', null];
  const isProposal =
    bumps.includes(bump) &&
    typeof text === 'string' &&
    typeof isDraft === 'boolean' &&
    Array.isArray(failures) &&
    failures.every((failure) => typeof failure === 'string');
  if (!isProposal) throw new Error(`${join(folder, textName)} is no proposal.`);
  return { bump, text, failures, isDraft };
}
