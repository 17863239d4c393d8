import type { Sync3Error } from './sync3-error.js';

/** What to do about a job whose fate is open: the sentence that errors end with. */
export function attachHint(taskUUID: string): string {
  return `If it was accepted, the job goes on: tasks.attach('${taskUUID}') gets its results.`;
}

/**
 * Marks an error after which a job may exist. Not `retryable`: a careless second call would take a new
 * UUID, and pay a second time.
 */
export function withAttachHint(error: Sync3Error, taskUUID: string): Sync3Error {
  const message = `${error.message} ${attachHint(taskUUID)}`;
  return Object.assign(error, { retryable: false, mayBeAccepted: true, message });
}
