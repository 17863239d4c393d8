import { type ClientOptions, Sync3 } from '@sync3/sdk';
import { fenceSubmits } from './fence-submits.js';
import { rarePolling } from './job-looks.js';
import type { LeaseClock } from './lease-clock.js';
import { limitPolls, pollsPerSecond } from './limit-polls.js';
import { noticeRateLimits } from './notice-rate-limits.js';

/**
 * A batch has so many jobs in each request that it can ask often: every job at least so often, in ms.
 * A job that is noticed late holds its place for nothing.
 */
const polling = { minIntervalMs: 1_000, maxIntervalMs: 2_500 };

/**
 * The client of a worker: as the caller sets it up, with what all workers of a batch owe the API.
 *
 * @param perSecond how many requests may ask how jobs stand just now; all that a batch may unless given.
 * @param onRateLimit told of each 429, with what the API asks for in ms.
 * @param lease of the worker whose jobs are submitted; without one nothing is submitted.
 * @param isAnnounced whether webhooks announce news of jobs, so that `JobLooks` says when to ask.
 * @throws {Sync3Error} there is no API key, or an option has no sensible value.
 */
export function createClient(
  options: ClientOptions = {},
  perSecond: () => number = () => pollsPerSecond,
  onRateLimit: (retryAfterMs: number) => void = () => {},
  lease?: LeaseClock,
  isAnnounced = false,
): Sync3 {
  const given: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init));
  const fenced = lease ? fenceSubmits(given, lease) : given;
  return new Sync3({
    ...options,
    polling: { ...(isAnnounced ? rarePolling : polling), ...options.polling },
    fetch: noticeRateLimits(limitPolls(fenced, perSecond), onRateLimit),
  });
}
