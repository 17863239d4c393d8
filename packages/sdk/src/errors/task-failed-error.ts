import type { VideoFailure } from '../task-state.js';
import { Sync3Error } from './sync3-error.js';

/** Thrown when every result of a job failed. Submitting it again is a new job. */
export class TaskFailedError extends Sync3Error {
  static override readonly kind = 'TaskFailedError';

  /** Why, one entry for each result. */
  readonly failures: readonly VideoFailure[];

  constructor(taskUUID: string, failures: readonly VideoFailure[]) {
    const first = failures[0];
    const reason = first ? `${first.message} (${first.code})` : 'no result was given';
    super(`Task ${taskUUID} failed: ${reason}.`, { taskUUID });
    this.failures = failures;
  }
}
