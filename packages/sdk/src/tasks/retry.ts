import type { ApiError } from '../errors/api-error.js';
import { Sync3Error } from '../errors/sync3-error.js';
import type { Settings } from '../options.js';
import { delay } from '../wire/abort.js';
import { retryDelay } from '../wire/retry-delay.js';
import type { Call } from '../wire/transport.js';

/**
 * Tries until an attempt succeeds, throws what is not `retryable`, or the client's `maxRetries` are
 * used up.
 *
 * @throws the error of the last attempt, or `AbortError` as soon as the signal fires.
 */
export async function retrying<Value>(
  { maxRetries, emit }: Settings,
  { taskUUID, signal }: Call,
  attempt: () => Promise<Value>,
): Promise<Value> {
  for (let retry = 0; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (!Sync3Error.is(error) || !error.retryable || retry >= maxRetries) throw error;
      const delayMs = retryDelay(retry++, (error as Partial<ApiError>).retryAfterMs);
      emit('onRetry', { taskUUID, retry, delayMs, error });
      await delay(delayMs, signal, taskUUID);
    }
  }
}
