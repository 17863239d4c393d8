import { ConnectionError } from '../errors/connection-error.js';
import { TextTooLong } from './bounded-text.js';
import { failureReason, rootCause } from './failure-reason.js';
import { type Redact, withoutKey } from './redaction.js';

/** Codes of failures before the first byte: no connection, or none to be trusted (Node, undici, Bun). */
const unsentCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ERR_INVALID_URL|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket|UNABLE_TO_)|CERT/;
/** System calls before the first byte (Node). */
const unsentCalls = /^(connect|getaddrinfo)$/;

/** Whether no byte of a request can have left: every reason is one of those that come before. */
function isUnsent(error: unknown): boolean {
  const { code, syscall, errors }: Record<string, unknown> = Object(rootCause(error));
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isUnsent);
  return unsentCodes.test(`${code}`) || unsentCalls.test(`${syscall}`);
}

/**
 * The error for a request that got no answer.
 *
 * @param isSent whether the request had been handed to `fetch`.
 */
export function connectionFailure(
  url: string,
  error: unknown,
  redact: Redact,
  isSent: boolean,
): ConnectionError {
  const cause = withoutKey(error, redact);
  return new ConnectionError(
    `${url} ${isSent ? 'gave no answer' : 'was not asked'}: ${failureReason(cause)}.`,
    {
      cause,
      mayBeAccepted: isSent && !isUnsent(cause),
      ...(error instanceof TextTooLong && {
        code: 'answerTooLong',
        retryable: false,
        advice: 'If it is the API’s, raise maxResponseBytes.',
      }),
    },
  );
}

/** Whether a request failed as it was to follow no redirect: each runtime has its own word for that. */
export function isRefusedRedirect(error: unknown): boolean {
  const { code, message } = Object(rootCause(error));
  return /redirect/i.test(code ?? message);
}

/** Of answers that send the request elsewhere; browsers show such an answer as 0. */
export const redirectStatuses = [0, 301, 302, 303, 307, 308];

/**
 * The error for a redirect, which the key does not follow.
 *
 * @param location as the server gave it; `''` where the runtime does not show it.
 */
export function redirection(url: string, location: string): ConnectionError {
  const isUsable = location && URL.canParse(location, url);
  const target = isUsable ? `to ${new URL(location, url).href}` : 'elsewhere';
  return new ConnectionError(`${url} redirects ${target}, and the API key does not follow.`, {
    code: 'redirected',
    retryable: false,
    advice: 'If the API is there, set baseUrl to that URL.',
  });
}
