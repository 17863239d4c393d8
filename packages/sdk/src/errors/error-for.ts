import type { Reply } from '../reply.js';
import { isPassing } from '../verdict.js';
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

/** What a status means, and what to do next; 500 stands for all that follow. */
const kinds: Record<number, [typeof ApiError, string?]> = {
  401: [AuthenticationError, 'Check the API key.'],
  402: [InsufficientCreditsError, 'Add credits.'],
  403: [PermissionDeniedError, 'Check the API key.'],
  429: [RateLimitError, 'Call again later.'],
  500: [ServerError],
};

/** The error for an answer that is no success: by its HTTP status, or that it could not be read. */
export function errorFor(
  { status, errors, raw, retryAfterMs }: Pick<Reply, 'status' | 'errors' | 'raw'> & Partial<Reply>,
  taskUUID: string | undefined,
): Sync3Error {
  if (status < 400 && errors.length === 0) {
    return new ConnectionError(`HTTP ${status}, not what the API sends.`, { taskUUID });
  }
  const [Type, advice] = kinds[Math.min(status, 500)] ?? [ApiError];
  // Without an error it is not the API's word: a half of a body, or the page of a proxy.
  const isUnsaid = errors.length === 0;
  const retryable = isUnsaid || /^(408|429|5)/.test(`${status}`) || errors.some(isPassing);
  return new Type({ status, errors, raw, retryAfterMs, taskUUID, retryable, advice });
}
