import type { ErrorDetail } from '@sync3/generated';
import { kind, Sync3Error, type Sync3ErrorOptions } from './sync3-error.js';

/** What an `ApiError` knows about the answer. */
export interface ApiErrorOptions extends Sync3ErrorOptions {
  status: number;
  errors: readonly ErrorDetail[];
  raw: string;
  retryAfterMs?: number | undefined;
  /** What to do next; put behind the API's own words. */
  advice?: string | undefined;
}

/**
 * Thrown when the API refuses a request. Its subclasses name the common reasons by HTTP status.
 */
export class ApiError extends Sync3Error {
  static override readonly [kind]: string = 'ApiError';

  /** HTTP status. An error may come with 200. */
  declare readonly status: number;

  /** The API's code, such as `invalidParameter`; codes are many and change. */
  declare readonly code: string | undefined;

  /** The parameter it is about, as the API spells it; several are joined with a comma. */
  declare readonly parameter: string | undefined;

  /** Every error in the answer that concerns this call. */
  declare readonly errors: readonly ErrorDetail[];

  /** The beginning of the response body, at most 2,000 characters; the API key is taken out. */
  declare readonly raw: string;

  /** How long the server asked to be left alone, in ms; 0 when it did not say. */
  declare readonly retryAfterMs: number;

  constructor({ status, errors, raw, retryAfterMs = 0, advice, ...options }: ApiErrorOptions) {
    const first = errors[0];
    const reason = first ? `${first.message} (${first.code}, HTTP ${status})` : `HTTP ${status}`;
    super(`The API refused: ${reason}.${advice ? ` ${advice}` : ''}`, options);
    this.status = status;
    this.code = first?.code;
    this.parameter = `${first?.parameter ?? ''}` || undefined;
    this.errors = errors;
    this.raw = raw.slice(0, 2000);
    this.retryAfterMs = retryAfterMs;
  }
}

/** HTTP 401: the API key is missing, wrong or revoked. */
export class AuthenticationError extends ApiError {
  static override readonly [kind] = 'AuthenticationError';
}

/** HTTP 402: the balance is too low. */
export class InsufficientCreditsError extends ApiError {
  static override readonly [kind] = 'InsufficientCreditsError';
}

/** HTTP 403: the API key may not do this. */
export class PermissionDeniedError extends ApiError {
  static override readonly [kind] = 'PermissionDeniedError';
}

/** HTTP 429, after the retries: too many requests. */
export class RateLimitError extends ApiError {
  static override readonly [kind] = 'RateLimitError';
}

/** HTTP 5xx, after the retries. */
export class ServerError extends ApiError {
  static override readonly [kind] = 'ServerError';
}
