import { ApiError, type CodeMeaning, ValidationError } from '@sync3/sdk';
import { MediaUnusableError } from '../errors/item-errors.js';
import type { ItemError } from '../ledger/item.js';

/** Meanings of errors that are about the account or the state of the API, and not about an item. */
const aboutOthers: readonly CodeMeaning[] = ['key', 'permission', 'credits', 'rate', 'server'];

/**
 * Why there is no job for an item, and will be none; `undefined` when an error does not say that, or is
 * not about this item alone.
 */
export function refusalOf(error: unknown): ItemError | undefined {
  for (const type of [MediaUnusableError, ValidationError]) {
    if (type.is(error)) return { code: error.name, message: error.message };
  }
  if (!ApiError.is(error)) return undefined;
  const { code = 'refused', message, meaning, retryable } = error;
  return retryable || aboutOthers.includes(meaning) ? undefined : { code, message };
}
