import {
  ApiError,
  RateLimitError,
  ServerError,
  Sync3Error,
  TaskFailedError,
} from '../../src/index.js';

/** What a program does with an error that it caught. */
export function codeOf(error: unknown): string | undefined {
  if (ApiError.is(error)) {
    if (RateLimitError.is(error)) return `${error.retryAfterMs}`;
    if (ServerError.is(error)) return `${error.status}`;
    // What is left is an ApiError, not `never`.
    return error.code;
  }
  if (TaskFailedError.is(error)) return error.failures[0]?.code;
  if (Sync3Error.is(error)) return error.code;
  return undefined;
}

/** One of several classes. */
export function isPassing(error: unknown): boolean {
  return [RateLimitError, ServerError].some((type) => type.is(error));
}

/** By name alone, as a union. */
export function isRateLimit(error: ApiError): boolean {
  switch (error.name) {
    case 'RateLimitError':
      return true;
    // @ts-expect-error no such class
    case 'SlowDownError':
      return true;
    default:
      return false;
  }
}
