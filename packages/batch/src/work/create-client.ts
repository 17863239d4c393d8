import { type ClientOptions, Sync3 } from '@sync3/sdk';
import { limitPolls } from './limit-polls.js';
import { noticeRateLimits } from './notice-rate-limits.js';

/**
 * A batch has so many jobs in each request that it can ask often: every job at least so often, in ms.
 * A job that is noticed late holds its place for nothing.
 */
const polling = { minIntervalMs: 1_000, maxIntervalMs: 2_500 };

/**
 * The client of a worker: as the caller sets it up, with what all workers of a batch owe the API.
 *
 * @throws {Sync3Error} there is no API key, or an option has no sensible value.
 */
export function createClient(
  options: ClientOptions = {},
  pollsPerSecond: () => number,
  onRateLimit: (retryAfterMs: number) => void,
): Sync3 {
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  return new Sync3({
    ...options,
    polling: { ...polling, ...options.polling },
    fetch: noticeRateLimits(limitPolls(fetch, pollsPerSecond), onRateLimit),
  });
}
