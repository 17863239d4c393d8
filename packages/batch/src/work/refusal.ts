import { ApiError, ValidationError } from '@sync3/sdk';
import { MediaUnusableError } from '../errors/item-errors.js';
import type { ItemError } from '../ledger/item.js';

/**
 * Why there is no job for an item, and will be none; `undefined` when an error does not say that, or is
 * not about this item alone.
 */
export function refusalOf(error: unknown): ItemError | undefined {
  for (const type of [MediaUnusableError, ValidationError]) {
    if (type.is(error)) return { code: error.name, message: error.message };
  }
  if (!ApiError.is(error)) return undefined;
  const { code = 'refused', message, status, retryable } = error;
  const isAboutItem = status < 500 && ![401, 402, 403, 429].includes(status);
  return isAboutItem && !retryable ? { code, message } : undefined;
}
