import type { ErrorDetail } from '@sync3/generated';
import { type CodeMeaning, meaningOfError } from '../wire/codes.js';
import { asList, textOf } from '../wire/untrusted-json.js';
import { describeFailure, quoted } from './describe-failure.js';
import { kind, Sync3Error, type Sync3ErrorOptions } from './sync3-error.js';

/** What an `ApiError` knows about the answer. */
export interface ApiErrorOptions extends Omit<Sync3ErrorOptions, 'code'> {
  status: number;
  errors: readonly ErrorDetail[];
  raw: string;
  retryAfterMs?: number | undefined;
}

/**
 * Thrown when the API refuses a request. Its subclasses name the common reasons, by the API's code
 * and by HTTP status.
 */
export class ApiError extends Sync3Error {
  static override readonly [kind]: string = 'ApiError';
  /** Name of the class. */
  declare readonly name:
    | 'ApiError'
    | 'AuthenticationError'
    | 'ConflictError'
    | 'InsufficientCreditsError'
    | 'PermissionDeniedError'
    | 'RateLimitError'
    | 'ServerError';

  /** HTTP status. An error may come with 200. */
  declare readonly status: number;

  /** The API's code, such as `invalidParameter`; codes are many and change. */
  declare readonly code: string | undefined;

  /** What the error is about, by code and status. Decide by this rather than by the code. */
  declare readonly meaning: CodeMeaning;

  /** The parameter it is about, as the API spells it; several are joined with a comma. */
  declare readonly parameter: string | undefined;

  /** Every error in the answer that concerns this call. */
  declare readonly errors: readonly ErrorDetail[];

  /** The beginning of the response body, at most 2,000 characters; the API key is taken out. */
  declare readonly raw: string;

  /** How long the server asked to be left alone, in ms; 0 when it did not say. */
  declare readonly retryAfterMs: number;

  constructor({ status, errors, raw, retryAfterMs = 0, ...options }: ApiErrorOptions) {
    const first = errors[0];
    super(
      `The API refused: ${first ? describeFailure(first, status) : `HTTP ${status}${quoted(raw)}`}.`,
      { ...options, code: first?.code },
    );
    this.status = status;
    this.meaning = meaningOfError(status, first?.code);
    this.parameter = asList(first?.parameter).map(textOf).join() || undefined;
    this.errors = errors;
    this.raw = raw.slice(0, 2000);
    this.retryAfterMs = retryAfterMs;
  }
}

/** The API key is missing, wrong or revoked: by the API's code, or HTTP 401. */
export class AuthenticationError extends ApiError {
  static override readonly [kind] = 'AuthenticationError';
  /** Name of the class. */
  declare readonly name: 'AuthenticationError';
}

/** The balance is too low: by the API's code, or HTTP 402. */
export class InsufficientCreditsError extends ApiError {
  static override readonly [kind] = 'InsufficientCreditsError';
  /** Name of the class. */
  declare readonly name: 'InsufficientCreditsError';
}

/** The API key may not do this: by the API's code, or HTTP 403. */
export class PermissionDeniedError extends ApiError {
  static override readonly [kind] = 'PermissionDeniedError';
  /** Name of the class. */
  declare readonly name: 'PermissionDeniedError';
}

/** Too many requests, after the retries: by the API's code, or HTTP 429. */
export class RateLimitError extends ApiError {
  static override readonly [kind] = 'RateLimitError';
  /** Name of the class. */
  declare readonly name: 'RateLimitError';
}

/** The API or the provider behind it has a failure, after the retries: by its code, or HTTP 5xx. */
export class ServerError extends ApiError {
  static override readonly [kind] = 'ServerError';
  /** Name of the class. */
  declare readonly name: 'ServerError';
}
