import {
  ApiError,
  type ApiErrorOptions,
  AuthenticationError,
  InsufficientCreditsError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
} from './api-error.js';

/** The error class for an HTTP status, with the advice that belongs to it. */
export function apiErrorFor(options: ApiErrorOptions): ApiError {
  const { status } = options;
  const [Type, advice] = choose(status);
  return new Type({ advice, retryable: status === 429 || status >= 500, ...options });
}

function choose(status: number): [typeof ApiError, string?] {
  if (status === 401) return [AuthenticationError, 'Check the API key (RUNWARE_API_KEY).'];
  if (status === 402) return [InsufficientCreditsError, 'Add credits, then call again.'];
  if (status === 403) return [PermissionDeniedError, 'Check what the API key is allowed to do.'];
  if (status === 429) return [RateLimitError, 'Call again later, with less concurrency.'];
  if (status >= 500) return [ServerError, 'Call again later.'];
  return [ApiError];
}
