import { CommandError } from '../command-error.js';
import { type Ending, exitCodeOf } from '../exit-codes.js';
import type { GlobalArguments } from '../global-options.js';
import { describeError } from './describe-error.js';
import type { JobOfCommand } from './job-of-command.js';
import { printError } from './print-error.js';
import type { Reporter } from './reporter.js';

/** What there is to tell of a command that has failed or was stopped. */
export interface Aftermath {
  /** The job that it is about. */
  job?: JobOfCommand;
  /** Tells that Ctrl-C has stopped it, and how to go on. */
  tellStop?(reporter: Reporter): void;
  /** The command that goes on, once the cause of a failure is gone. */
  goOn?(): string;
}

/** What was going on when a command failed. */
interface Circumstances extends Aftermath {
  reporter: Reporter;
  /** Has fired when Ctrl-C was pressed. */
  signal?: AbortSignal;
  options: GlobalArguments;
}

/** Tells why a command failed or was stopped: one line, and the next step. */
export function reportFailure(error: unknown, circumstances: Circumstances): Ending {
  const { reporter, signal, job, options } = circumstances;
  reporter.end();
  // Node's own errors of this kind have the same name as the SDK's.
  const isAbort = error instanceof Error && error.name === 'AbortError';
  if (signal?.aborted && isAbort) {
    circumstances.tellStop?.(reporter);
    return 'detached';
  }
  const { message, ending, ...facts } = describeError(
    error,
    // A job on the mock server has ended with it.
    options.mock ? undefined : job,
  );
  const isPassing = ending === 'refused' || ending === 'network';
  const goOn = isPassing && !(error instanceof CommandError) && circumstances.goOn?.();
  const next = goOn ? `${facts.next} Then: ${goOn}` : facts.next;
  const exitCode = exitCodeOf(ending);
  if (options.json) reporter.tell({ event: 'error', message, ...facts, next, exitCode });
  printError(message, next, options.debug ? error : undefined);
  return ending;
}
