/** Longest wait that a server may impose with `Retry-After`, in ms. */
const longestRetryAfterMs = 60_000;
const firstDelayMs = 500;
const longestDelayMs = 8_000;

/**
 * Reads a `Retry-After` header (RFC 9110, 10.2.3): seconds or an HTTP date.
 *
 * @returns milliseconds, at most a minute; 0 when the header is absent, not readable or past.
 */
export function readRetryAfter(header: string | null, now = Date.now()): number {
  const ms = Number(header) * 1000 || Date.parse(`${header}`) - now;
  return Math.min(Math.max(ms || 0, 0), longestRetryAfterMs);
}

/**
 * How long to wait before a retry, in ms: what the server asked for, else at random between nothing
 * and a bound that doubles (0.5 s to 8 s), so that clients which failed together come back apart.
 */
export function retryDelay(retry: number, retryAfterMs = 0): number {
  return retryAfterMs || Math.random() * Math.min(firstDelayMs * 2 ** retry, longestDelayMs);
}
