import { kind, Sync3Error, type Sync3ErrorOptions } from './sync3-error.js';

/** Thrown, after the retries, when no readable answer came: no connection, or a broken body. */
export class ConnectionError extends Sync3Error {
  static override readonly [kind]: string = 'ConnectionError';
  /** Name of the class. */
  declare readonly name: 'ConnectionError' | 'TimeoutError';

  constructor(message: string, options: Sync3ErrorOptions = {}) {
    super(message, { code: 'connectionFailed', retryable: true, ...options });
  }
}

/** Thrown, after the retries, when an answer did not come whole within `timeoutMs`. */
export class TimeoutError extends ConnectionError {
  static override readonly [kind] = 'TimeoutError';
  /** Name of the class. */
  declare readonly name: 'TimeoutError';

  constructor(message: string, options: Sync3ErrorOptions = {}) {
    super(message, { code: 'timeout', ...options });
  }
}
