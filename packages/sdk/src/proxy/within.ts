import { abortable, onAbortOrTimeout } from '../wire/abort.js';

/**
 * Settles as `work` does, or rejects with `AbortError` when `timeoutMs` milliseconds are over or the
 * caller's signal fires, even when the work does not listen to the signal that it gets.
 */
export async function within<T>(
  timeoutMs: number,
  work: (signal: AbortSignal) => T | Promise<T>,
  caller?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const leave = onAbortOrTimeout(() => controller.abort(), caller, undefined, timeoutMs);
  try {
    return await abortable(work(controller.signal), controller.signal);
  } finally {
    leave();
  }
}
