import type { ApplicationContract } from '@sync3/mock-server';
import { CommandError } from '../command-error.js';
import type { loadMockServer } from '../session/load-mock-server.js';

/** What came of a command that was run beside a mock server. */
export interface RecordedRun {
  /** Exit code of the command; what a signal ended has none. */
  code: number | null;
  /** `undefined` when nothing was sent to a mock server. */
  contract: ApplicationContract | undefined;
}

/**
 * Runs the tests of an application beside a mock server, and makes the contract of what they do.
 *
 * @throws {CommandError} the command cannot be started.
 */
export async function runRecorded(
  command: readonly string[],
  { runBesideServer, distilContract }: Awaited<ReturnType<typeof loadMockServer>>,
  signal: AbortSignal,
): Promise<RecordedRun> {
  try {
    return await runBesideServer({ command, signal }, async ({ code, records }) => ({
      code,
      contract: records.length > 0 ? await distilContract(records) : undefined,
    }));
  } catch (cause) {
    if (signal.aborted || (cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw new CommandError(
      `The command "${command[0]}" did not start: ${(cause as Error).message}`,
      'Give a command behind --, such as: sync3 contract record -- npm test',
      'badInput',
      cause,
    );
  }
}
