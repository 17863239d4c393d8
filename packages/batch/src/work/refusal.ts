import {
  ApiError,
  AuthenticationError,
  InsufficientCreditsError,
  isPassing,
  PermissionDeniedError,
  ValidationError,
} from '@sync3/sdk';
import { MediaUnusableError } from '../errors/item-errors.js';
import type { ItemError } from '../ledger/item.js';

/** Whether the API refuses the account: no item can be submitted. */
export function isAboutAccount(error: unknown): boolean {
  const types = [AuthenticationError, PermissionDeniedError, InsufficientCreditsError];
  return types.some((type) => type.is(error));
}

/** Whether the API has refused something, for a reason that does not pass by itself. */
export function isRefusal(error: unknown): error is ApiError {
  return ApiError.is(error) && !error.retryable && !isPassing(error.meaning);
}

/**
 * Whether a server has answered that there is nothing at this address, in its own words and not in the
 * API's: a base URL or a gateway that is set up wrongly. Nothing was accepted.
 */
export function isWrongPath(error: unknown): boolean {
  return (
    ApiError.is(error) &&
    (error.status === 404 || error.status === 405) &&
    error.errors.length === 0
  );
}

/**
 * Why there is no job for an item, and will be none; `undefined` when an error does not say that, or is
 * not about this item alone.
 */
export function refusalOf(error: unknown): ItemError | undefined {
  for (const type of [MediaUnusableError, ValidationError]) {
    if (!type.is(error)) continue;
    const { name: code, message } = error;
    return { code, message, canRetry: MediaUnusableError.is(error) };
  }
  if (!isRefusal(error) || isAboutAccount(error)) return undefined;
  const { code, message, meaning } = error;
  // An answer without a code, such as a page of 404, says nothing about the parameters.
  const canRetry = code === undefined || meaning !== 'request';
  return { code: code ?? 'refused', message, canRetry };
}
