import type { Sync3 } from '@sync3/sdk';
import type { Ending } from '../exit-codes.js';
import type { GlobalArguments } from '../global-options.js';
import { createClient } from './create-client.js';
import type { JobOfCommand } from './job-of-command.js';
import type { Reporter } from './reporter.js';
import { runStoppable } from './run-stoppable.js';
import { tellJobStop } from './tell-job-stop.js';

/** What a command works with. */
export interface Session {
  readonly sync3: Sync3;
  readonly reporter: Reporter;
  /** Fires at the first Ctrl-C. */
  readonly signal: AbortSignal;
  readonly job: JobOfCommand;
}

/**
 * Runs a command about one job: with a client, which with `--mock` talks to a mock server of its own;
 * with what prints, and with Ctrl-C. Whatever it throws is told in words, and as the exit code.
 *
 * @param work what the command does; its answer decides the exit code.
 */
export async function inSession(
  options: GlobalArguments,
  work: (session: Session) => Promise<Ending>,
): Promise<void> {
  const job: JobOfCommand = {
    taskUUID: undefined,
    isAccepted: false,
    isPartlySaved: false,
    attachCommand: (taskUUID) => `sync3 wait ${taskUUID}`,
  };
  await runStoppable(
    options,
    { job, tellStop: (reporter) => tellJobStop(reporter, job, options) },
    ({ reporter, signal, mockUrl }) => {
      const sync3 = createClient(options, mockUrl, reporter, job);
      return work({ sync3, reporter, signal, job });
    },
  );
}
