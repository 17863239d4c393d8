import type { TaskSnapshot } from '../results.js';
import { attachHint } from './attach-hint.js';
import { kind, Sync3Error } from './sync3-error.js';

/**
 * Thrown when a job has not settled within the `timeoutMs` of a wait. The job itself goes on. `cause`
 * is why the last poll failed, and absent when the API did answer: then the job is still rendering.
 */
export class TaskTimeoutError extends Sync3Error {
  static override readonly [kind] = 'TaskTimeoutError';
  /** Name of the class. */
  declare readonly name: 'TaskTimeoutError';

  /** What was known last, with the videos that are ready. */
  declare readonly snapshot: TaskSnapshot;

  constructor(snapshot: TaskSnapshot, timeoutMs: number, cause?: Error) {
    const { taskUUID } = snapshot;
    const reason = cause ? ` The last poll failed: ${cause.message}` : '';
    super(`Task ${taskUUID} has not settled within ${timeoutMs} ms.${reason}`, {
      taskUUID,
      retryable: true,
      mayBeAccepted: true,
      code: 'taskTimeout',
      advice: attachHint(taskUUID),
      cause,
    });
    this.snapshot = snapshot;
  }
}
