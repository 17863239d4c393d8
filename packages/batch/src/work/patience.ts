import { setTimeout as sleep } from 'node:timers/promises';
import { Sync3Error } from '@sync3/sdk';
import type { Pause } from './pause.js';
import { isRefusal } from './refusal.js';

const firstDelayMs = 1_000;
const longestDelayMs = 30_000;
/** The client has retried before each of these; so many in a row take about ten minutes. */
const mostAttempts = 20;

/**
 * Tries again what may work later, as when the network is down, with growing pauses.
 *
 * @param network told while it is waited for.
 * @param unless errors that are not waited for here, though they pass.
 * @throws the last error, when it cannot work, or has not for about ten minutes.
 */
export async function withPatience<Value>(
  attempt: () => Promise<Value>,
  {
    signal,
    network,
    unless = () => false,
  }: { signal: AbortSignal; network: Pause; unless?: (error: unknown) => boolean },
): Promise<Value> {
  let isWaiting = false;
  try {
    for (let attempts = 1, delay = firstDelayMs; ; attempts++) {
      try {
        return await attempt();
      } catch (error) {
        if (!mayWork(error) || unless(error) || attempts === mostAttempts || signal.aborted)
          throw error;
        if (!isWaiting) network.begin((error as Error).message);
        isWaiting = true;
      }
      // Workers that failed together come back apart.
      await sleep(delay * (0.5 + Math.random() / 2), undefined, { signal });
      delay = Math.min(delay * 2, longestDelayMs);
    }
  } finally {
    if (isWaiting) network.end();
  }
}

/**
 * Whether the same may work later. A submit whose fate is open is not `retryable` for the SDK; here the
 * same taskUUID is used again.
 */
export function mayWork(error: unknown): boolean {
  if (!Sync3Error.is(error)) return false;
  return error.retryable || (error.mayBeAccepted && !isRefusal(error));
}
