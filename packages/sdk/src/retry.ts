import { delay } from './abort.js';
import type { Sync3Error } from './errors/sync3-error.js';
import type { Settings } from './options.js';
import { retryDelay } from './retry-delay.js';

/** How one attempt ended. */
export type Attempted<Value> =
  | { value: Value }
  | { error: Sync3Error; isFinal: boolean; retryAfterMs: number };

/**
 * Tries until an attempt has a value, fails for good, or the client's `maxRetries` are used up.
 *
 * @throws the error of the last attempt, or `AbortError` as soon as the signal fires.
 */
export async function retrying<Value>(
  settings: Settings,
  taskUUID: string | undefined,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Attempted<Value>>,
): Promise<Value> {
  for (let retry = 0; ; ) {
    const outcome = await attempt();
    if ('value' in outcome) return outcome.value;
    const { error, isFinal, retryAfterMs } = outcome;
    if (isFinal || retry >= settings.maxRetries) throw error;
    const delayMs = retryDelay(retry++, retryAfterMs);
    settings.emit('onRetry', { taskUUID, retry, delayMs, error });
    await delay(delayMs, signal, taskUUID);
  }
}
