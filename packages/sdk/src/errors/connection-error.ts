import { kind, Sync3Error } from './sync3-error.js';

/** Thrown, after the retries, when no readable answer came: no connection, or a broken body. */
export class ConnectionError extends Sync3Error {
  static override readonly [kind]: string = 'ConnectionError';

  constructor(message: string, taskUUID?: string, cause?: unknown) {
    super(message, { taskUUID, cause, retryable: true });
  }
}

/** Thrown, after the retries, when an answer did not come whole within `timeoutMs`. */
export class TimeoutError extends ConnectionError {
  static override readonly [kind] = 'TimeoutError';
}
