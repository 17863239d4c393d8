import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionError, RateLimitError, ServerError, Sync3Error } from '@sync3/sdk';
import type { WorkEvent } from './work-options.js';

const firstDelayMs = 1_000;
const longestDelayMs = 30_000;
/** The client has retried before each of these; so many in a row take about ten minutes. */
const mostAttempts = 20;

/**
 * Tries again what may work later, as when the network is down, with growing pauses, and says so once.
 *
 * @throws the last error, when it cannot work, or has not for about ten minutes.
 */
export async function withPatience<Value>(
  attempt: () => Promise<Value>,
  { signal, tell }: { signal: AbortSignal; tell: (event: WorkEvent) => void },
): Promise<Value> {
  for (let attempts = 1, delay = firstDelayMs; ; attempts++) {
    try {
      const value = await attempt();
      if (attempts > 1) tell({ event: 'resumed', reason: 'network' });
      return value;
    } catch (error) {
      if (!mayWork(error) || attempts === mostAttempts || signal.aborted) throw error;
      if (attempts === 1) {
        tell({ event: 'paused', reason: 'network', message: (error as Error).message });
      }
      // Workers that failed together come back apart.
      await sleep(delay * (0.5 + Math.random() / 2), undefined, { signal });
      delay = Math.min(delay * 2, longestDelayMs);
    }
  }
}

/** A submit whose fate is open is not `retryable` for the SDK; here the same taskUUID is used again. */
function mayWork(error: unknown): boolean {
  const types = [ConnectionError, ServerError, RateLimitError];
  return (
    (Sync3Error.is<Sync3Error>(error) && error.retryable) || types.some((type) => type.is(error))
  );
}
