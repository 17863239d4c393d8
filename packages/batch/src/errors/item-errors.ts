import { BatchError, kind } from './batch-error.js';

/** A local file of an item cannot be used. No job was begun. */
export class MediaUnusableError extends BatchError {
  static override readonly [kind] = 'MediaUnusableError';
}

/** A file that is no result of the item stands where one is to go. It stays as it is. */
export class OutputExistsError extends BatchError {
  static override readonly [kind] = 'OutputExistsError';

  constructor(path: string, cause?: unknown) {
    super(`"${path}" exists and is no result of this item. Move it away, then go on.`, { cause });
  }
}

/** A result could not be fetched. It is paid for, and is fetched when the batch is worked on again. */
export class DeliveryError extends BatchError {
  static override readonly [kind] = 'DeliveryError';
}
