import { BatchError, kind } from './batch-error.js';

/** Thrown when another process, or this one, has the batch directory open. Nothing was touched. */
export class DatabaseInUseError extends BatchError {
  static override readonly [kind] = 'DatabaseInUseError';
}

/**
 * Thrown when the database cannot be used: it does not answer, it is read-only, its disk is full, it
 * refuses the login or lacks a right, its directory cannot be written, or the lock on that directory
 * was lost (code `lockLost`). `code` is the SQLSTATE or errno of such a fault; the message says what to
 * do. `retryable` tells whether the same may work later.
 */
export class DatabaseUnavailableError extends BatchError {
  static override readonly [kind] = 'DatabaseUnavailableError';

  /**
   * Whether the statement had been sent, so that it may have been carried out or not. What it was to
   * change has to be read before it is tried again.
   */
  readonly isOutcomeUnknown: boolean;

  constructor(
    message: string,
    {
      cause,
      retryable = true,
      isOutcomeUnknown = false,
      code,
    }: {
      cause?: unknown;
      retryable?: boolean;
      isOutcomeUnknown?: boolean;
      code?: string | undefined;
    } = {},
  ) {
    super(message, { cause, retryable, code });
    this.isOutcomeUnknown = isOutcomeUnknown;
  }
}
