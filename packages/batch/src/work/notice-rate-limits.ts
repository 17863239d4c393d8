/** Longest pause that a server may impose, in ms; as in the SDK. */
const longestRetryAfterMs = 60_000;

/**
 * A `fetch` that tells of each 429.
 *
 * @param onRateLimit called with what `Retry-After` (RFC 9110, 10.2.3) asks for, in ms; 0 without it.
 */
export function noticeRateLimits(
  fetch: typeof globalThis.fetch,
  onRateLimit: (retryAfterMs: number) => void,
): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.status === 429) onRateLimit(retryAfterMs(response.headers));
    return response;
  };
}

function retryAfterMs(headers: Headers): number {
  const header = headers.get('Retry-After');
  if (header === null) return 0;
  // A date is one of the server's clock, which it names.
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  const ms = Number(header) * 1000 || Date.parse(header) - now;
  return Math.min(Math.max(ms || 0, 0), longestRetryAfterMs);
}
