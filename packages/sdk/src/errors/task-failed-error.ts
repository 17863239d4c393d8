import type { VideoFailure } from '../results.js';
import { describeFailure } from './describe-failure.js';
import { kind, Sync3Error } from './sync3-error.js';

/** Thrown when every result of a job failed. Submitting it again is a new job. */
export class TaskFailedError extends Sync3Error {
  static override readonly [kind] = 'TaskFailedError';
  /** Name of the class. */
  declare readonly name: 'TaskFailedError';

  /** Why, one entry for each result. */
  declare readonly failures: readonly VideoFailure[];

  constructor(taskUUID: string, failures: readonly VideoFailure[]) {
    const [failure] = failures;
    super(`Task ${taskUUID} failed: ${failure ? describeFailure(failure) : 'no reason given'}.`, {
      taskUUID,
      mayBeAccepted: true,
      code: 'taskFailed',
    });
    this.failures = failures;
  }
}
