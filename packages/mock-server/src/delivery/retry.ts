import pRetry from 'p-retry';
import { OutboundRefused } from '../outbound.js';

/**
 * Makes attempts until one succeeds, 250 ms after the first and twice as long after each next one,
 * with jitter, but never more than 8 s (runware-skills, integrate-with-runware). Runware does not
 * say when it gives up; this server does after 10 attempts, within a minute of waiting.
 *
 * @throws what the last attempt threw; an `OutboundRefused` at once; the signal's reason.
 */
export function retry<Result>(
  attempt: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  return pRetry(attempt, {
    retries: 9,
    minTimeout: 250,
    factor: 2,
    maxTimeout: 8_000,
    randomize: true,
    signal,
    shouldRetry: ({ error }) => !(error instanceof OutboundRefused),
  });
}
