import { attachHint } from '../attach-hint.js';
import { kind, Sync3Error } from './sync3-error.js';

/**
 * Thrown as soon as the caller's signal fires; `cause` is the signal's reason. A job that was
 * submitted goes on and is paid for: its results can be had with `tasks.attach(taskUUID)`.
 */
export class AbortError extends Sync3Error {
  static override readonly [kind] = 'AbortError';
  declare readonly name: 'AbortError';

  /** @param mayBeAccepted whether a job of this UUID may have been submitted by then. */
  constructor({ reason }: AbortSignal, taskUUID?: string, mayBeAccepted = Boolean(taskUUID)) {
    super('Aborted.', {
      taskUUID,
      mayBeAccepted,
      code: 'aborted',
      advice: taskUUID && mayBeAccepted ? attachHint(taskUUID) : undefined,
      cause: reason,
    });
  }
}
