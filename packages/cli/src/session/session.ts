import type { Sync3 } from '@sync3/sdk';
import { type Ending, exitCodeOf } from '../exit-codes.js';
import type { GlobalArguments } from '../global-options.js';
import { createClient } from './create-client.js';
import { listenForInterruption } from './interruption.js';
import { reportFailure } from './report-failure.js';
import { Reporter } from './reporter.js';

/** The job of a command. */
export interface JobOfCommand {
  /** Known before the first byte is sent. */
  taskUUID: string | undefined;
  /** Whether the API has acknowledged it. */
  isAccepted: boolean;
  /** The command that waits for its result elsewhere, or later. */
  attachCommand(taskUUID: string): string;
}

/** What a command works with. */
export interface Session {
  readonly sync3: Sync3;
  readonly reporter: Reporter;
  /** Fires at the first Ctrl-C. */
  readonly signal: AbortSignal;
  readonly job: JobOfCommand;
}

/**
 * Runs a command: with a client, which with `--mock` talks to a mock server of its own; with what
 * prints, and with Ctrl-C. Whatever it throws is told in words, and as the exit code.
 *
 * @param work what the command does; its answer decides the exit code.
 */
export async function inSession(
  options: GlobalArguments,
  work: (session: Session) => Promise<Ending>,
): Promise<void> {
  const reporter = new Reporter(options);
  const interruption = listenForInterruption();
  const job: JobOfCommand = {
    taskUUID: undefined,
    isAccepted: false,
    attachCommand: (taskUUID) => `sync3 wait ${taskUUID}`,
  };
  const { signal } = interruption;
  let mock: { readonly url: string; close(): Promise<void> } | undefined;
  try {
    if (options.mock) reporter.tell({ event: 'starting' });
    // Loaded when it is wanted: it takes a second.
    const { startMockServer } = options.mock ? await import('@sync3/mock-server') : {};
    mock = await startMockServer?.({ port: 0 });
    const sync3 = createClient(options, mock?.url, reporter, job);
    process.exitCode = exitCodeOf(await work({ sync3, reporter, signal, job }));
  } catch (error) {
    process.exitCode = exitCodeOf(reportFailure(error, { reporter, signal, job, options }));
  } finally {
    reporter.end();
    await mock?.close();
    interruption.leave();
  }
}
