import { type CodeMeaning, isPassing, meaningOf, meaningOfError } from '../wire/codes.js';
import type { Reply } from '../wire/reply.js';
import {
  ApiError,
  AuthenticationError,
  InsufficientCreditsError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
} from './api-error.js';
import { ConnectionError } from './connection-error.js';
import { quoted } from './describe-failure.js';
import type { Sync3Error } from './sync3-error.js';

/** The class of errors with a meaning, and what to do next. */
const classes: Partial<Record<CodeMeaning, [typeof ApiError, string?]>> = {
  key: [AuthenticationError, 'Check the API key.'],
  credits: [InsufficientCreditsError, 'Add credits.'],
  permission: [PermissionDeniedError, 'Check what the API key allows.'],
  rate: [RateLimitError, 'Call again later.'],
  server: [ServerError],
};

/** The error for an answer that is no success: what the API refused, or that it could not be read. */
export function errorFor(
  { status, errors, raw, retryAfterMs }: Pick<Reply, 'status' | 'errors' | 'raw'> & Partial<Reply>,
  taskUUID: string | undefined,
): Sync3Error {
  if (status < 400 && errors.length === 0) {
    const message = `HTTP ${status}, not what the API sends${quoted(raw)}.`;
    return new ConnectionError(message, {
      taskUUID,
      code: 'unreadableAnswer',
      mayBeAccepted: true,
    });
  }
  const meaning = meaningOfError(status, errors[0]?.code);
  const [Type, advice] = classes[meaning] ?? [ApiError];
  // A rate limit says that nothing was accepted; the others leave it open.
  const mayPass =
    status === 408 ||
    [meaning, ...errors.map(({ code }) => meaningOf(code))].some(
      (each) => isPassing(each) && each !== 'rate',
    );
  return new Type({
    status,
    errors,
    raw,
    retryAfterMs,
    taskUUID,
    advice,
    retryable: mayPass || meaning === 'rate',
    // Without an error it is not the API's word, but that of a gateway.
    mayBeAccepted: mayPass || (errors.length === 0 && meaning !== 'rate'),
  });
}
