import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { SpecError } from '../spec-error.ts';
import type { Request } from './committer.ts';
import type { FileChange, ReplacementPlace } from './file-change.ts';
import { readJournal } from './journal.ts';

const committer = fileURLToPath(new URL('./committer.ts', import.meta.url));

/**
 * Changes several files of the work tree, all or none. A process of its own does it, in a group of
 * its own: once it has been told everything, killing this one, with whatever signal and all its
 * group, does not stop it. Killing that one too leaves a journal for
 * {@link finishInterruptedReplacement}.
 *
 * @throws {SpecError} when a file is not as `expected`, is a link or behind one, or cannot be
 *   written; all files are then as they were.
 */
export async function replaceFiles(
  changes: readonly FileChange[],
  { root, staging }: ReplacementPlace,
): Promise<void> {
  const child = spawn(process.execPath, [committer], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    windowsHide: true,
  });
  // If it ends before it has read everything, its exit code says so.
  child.stdin.on('error', () => {});
  const request: Request = { changes: [...changes], root, staging };
  child.stdin.end(JSON.stringify(request));
  const [message, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code === 0) return;
  throw new SpecError(
    message ||
      `The process that replaces the files ended with ${signal ?? code}. ` +
        'Run the update again: it first completes what was begun.',
  );
}

/**
 * Completes the replacement of files that was interrupted by killing all its processes or by a loss
 * of power; does nothing when there was none. To be called before the files are read.
 *
 * @throws {SpecError} when one of the files was changed in between.
 */
export async function finishInterruptedReplacement(place: ReplacementPlace): Promise<void> {
  if (await readJournal(place.staging)) await replaceFiles([], place);
}
