import { type Ending, exitCodeOf } from '../exit-codes.js';
import type { GlobalArguments } from '../global-options.js';
import { describeError } from './describe-error.js';
import { printError } from './print-error.js';
import type { Reporter } from './reporter.js';
import type { JobOfCommand } from './session.js';

/** What was going on when a command failed. */
interface Circumstances {
  reporter: Reporter;
  /** Has fired when Ctrl-C was pressed. */
  signal?: AbortSignal;
  job?: JobOfCommand;
  options: GlobalArguments;
}

/** Tells why a command failed or was stopped: one line, and the next step. */
export function reportFailure(error: unknown, circumstances: Circumstances): Ending {
  const { reporter, signal, job, options } = circumstances;
  // Node's own errors of this kind have the same name as the SDK's.
  const isAbort = error instanceof Error && error.name === 'AbortError';
  if (signal?.aborted && isAbort) return reportStop(circumstances);
  const { message, next, ending, ...facts } = describeError(
    error,
    // A job on the mock server has ended with it.
    options.mock ? undefined : job,
  );
  reporter.end();
  const exitCode = exitCodeOf(ending);
  if (options.json) reporter.tell({ event: 'error', message, next, exitCode, ...facts });
  printError(message, next, options.debug ? error : undefined);
  return ending;
}

/** Ctrl-C is no failure, but the job may go on and has to be found again. */
function reportStop({ reporter, job, options }: Circumstances): Ending {
  reporter.end();
  if (!job?.taskUUID) {
    reporter.note('Stopped. Nothing was submitted.');
  } else if (options.mock) {
    reporter.note(`Stopped. Task ${job.taskUUID} has ended with the mock server.`);
  } else {
    const { taskUUID, isAccepted } = job;
    const next = job.attachCommand(taskUUID);
    if (options.json) reporter.tell({ event: 'detached', taskUUID, isAccepted, next });
    reporter.note(
      isAccepted
        ? `Detached. Task ${taskUUID} goes on, and is paid for.`
        : `Stopped while task ${taskUUID} was being submitted; it may have been accepted.`,
    );
    reporter.note(`Next: ${next}`);
  }
  return 'detached';
}
