import { BatchError, kind } from './batch-error.js';

/** A local file of an item cannot be used. No job was begun. */
export class MediaUnusableError extends BatchError {
  static override readonly [kind] = 'MediaUnusableError';
}

/**
 * A result could not be fetched or written. It is paid for, and is fetched when the batch is worked on
 * again. `retryable` tells whether the same may work later by itself, as when the host of the videos
 * was down; otherwise somebody has to change something first.
 */
export class DeliveryError extends BatchError {
  static override readonly [kind]: string = 'DeliveryError';
}

/** Something that is no result of the item stands where one is to go. It stays as it is. */
export class OutputExistsError extends DeliveryError {
  static override readonly [kind] = 'OutputExistsError';

  constructor(path: string, cause?: unknown) {
    super(`"${path}" exists and is no result of this item. Move it away, then go on.`, { cause });
  }
}

/** The name of a result leads out of the output folder, itself or over a link. Nothing was written. */
export class UnsafeOutputError extends DeliveryError {
  static override readonly [kind] = 'UnsafeOutputError';

  constructor(name: string) {
    super(
      `The result name ${JSON.stringify(name)} leads out of the output folder, or is no name of a ` +
        'file. Nothing was written. Remove the link in the output folder, or correct the name in the ' +
        'ledger.',
      { retryable: false },
    );
  }
}
