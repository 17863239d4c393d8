import { attachHint } from '../attach-hint.js';
import type { TaskSnapshot } from '../task-state.js';
import { kind, Sync3Error } from './sync3-error.js';

/** Thrown when a job has not settled within the `timeoutMs` of a wait. The job itself goes on. */
export class TaskTimeoutError extends Sync3Error {
  static override readonly [kind] = 'TaskTimeoutError';

  /** What was known last, with the videos that are ready. */
  declare readonly snapshot: TaskSnapshot;

  constructor(snapshot: TaskSnapshot, timeoutMs: number) {
    const { taskUUID } = snapshot;
    super(`Task ${taskUUID} has not settled within ${timeoutMs} ms. ${attachHint(taskUUID)}`, {
      taskUUID,
      retryable: true,
    });
    this.snapshot = snapshot;
  }
}
