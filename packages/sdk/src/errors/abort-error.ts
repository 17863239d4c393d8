import { kind, Sync3Error } from './sync3-error.js';

/**
 * Thrown as soon as the caller's signal fires; `cause` is the signal's reason. A job that was
 * submitted (`mayBeAccepted`) goes on and is paid for: `tasks.attach(taskUUID)` gets its results.
 */
export class AbortError extends Sync3Error {
  static override readonly [kind] = 'AbortError';
  /** Name of the class. */
  declare readonly name: 'AbortError';

  constructor({ reason }: AbortSignal, taskUUID?: string) {
    super('Aborted.', { taskUUID, code: 'aborted', cause: reason });
  }
}
