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

/** The error for an answer that is no success: by its HTTP status, or that it could not be read. */
export function errorFor(
  { status, errors, raw, retryAfterMs }: Pick<Reply, 'status' | 'errors' | 'raw'> & Partial<Reply>,
  taskUUID: string | undefined,
): Sync3Error {
  if (status < 400 && errors.length === 0) {
    return new ConnectionError(`The answer (HTTP ${status}) is not what the API sends.`, taskUUID);
  }
  const [Type, advice] = choose(status);
  // Without an error it is not the API's word: a half of a body, or the page of a proxy.
  const isUnsaid = errors.length === 0;
  const retryable =
    isUnsaid || [408, 429].includes(status) || status >= 500 || errors.some(isPassing);
  return new Type({ status, errors, raw, retryAfterMs, taskUUID, retryable, advice });
}

function choose(status: number): [typeof ApiError, string?] {
  if (status === 401) return [AuthenticationError, 'Check the API key.'];
  if (status === 402) return [InsufficientCreditsError, 'Add credits.'];
  if (status === 403) return [PermissionDeniedError, 'Check the API key.'];
  if (status === 429) return [RateLimitError, 'Call again later.'];
  if (status >= 500) return [ServerError, 'Call again later.'];
  return [ApiError];
}
