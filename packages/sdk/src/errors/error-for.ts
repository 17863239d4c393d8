import type { ErrorDetail } from '@sync3/generated';
import {
  ApiError,
  AuthenticationError,
  InsufficientCreditsError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
} from './api-error.js';
import { ConnectionError } from './connection-error.js';
import type { Sync3Error } from './sync3-error.js';

/**
 * The error for an answer that is no success: by its HTTP status, or that it could not be read.
 *
 * @param errors those of the answer that concern the call.
 * @param advice what to do next, where the status alone does not tell.
 */
export function errorFor(
  { status, raw }: { status: number; raw: string },
  errors: readonly ErrorDetail[],
  taskUUID: string | undefined,
  advice?: string,
): Sync3Error {
  if (status < 400 && errors.length === 0) {
    const message = `The answer (HTTP ${status}) is not what the API sends.`;
    return new ConnectionError(message, { taskUUID, retryable: true });
  }
  const [Type, statusAdvice] = choose(status);
  const retryable = status === 429 || status >= 500;
  return new Type({ status, errors, raw, taskUUID, retryable, advice: advice ?? statusAdvice });
}

function choose(status: number): [typeof ApiError, string?] {
  if (status === 401) return [AuthenticationError, 'Check the API key.'];
  if (status === 402) return [InsufficientCreditsError, 'Add credits.'];
  if (status === 403) return [PermissionDeniedError, 'Check the API key.'];
  if (status === 429) return [RateLimitError, 'Call again later.'];
  if (status >= 500) return [ServerError, 'Call again later.'];
  return [ApiError];
}
