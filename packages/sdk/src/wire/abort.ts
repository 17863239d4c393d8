import { AbortError } from '../errors/abort-error.js';

/** A longer timer, in ms (about 23 days), would fire at once. */
export const longestTimerMs = 2e9;

/** Throws `AbortError` when the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined, taskUUID?: string): void {
  if (signal?.aborted) throw new AbortError(signal, taskUUID);
}

/**
 * Calls `onEnd` once: with `AbortError` as soon as the signal fires, or without an error when `ms`
 * milliseconds are over, whatever comes first. Then it leaves neither a timer nor a listener.
 *
 * @returns a function that removes the timer and the listener.
 */
export function onAbortOrTimeout(
  onEnd: (error?: AbortError) => void,
  signal: AbortSignal | undefined,
  taskUUID?: string,
  ms?: number,
): () => void {
  const end = (error?: AbortError) => {
    leave();
    onEnd(error);
  };
  const onAbort = () => signal && end(new AbortError(signal, taskUUID));
  const timer = ms === undefined ? undefined : setTimeout(end, Math.min(ms, longestTimerMs));
  const leave = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  };
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  return leave;
}

/**
 * Settles as `work` does, or rejects with `AbortError` the moment the signal fires, even when the
 * work does not listen to it.
 */
export function abortable<T>(
  work: T | Promise<T>,
  signal: AbortSignal | undefined,
  taskUUID?: string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = onAbortOrTimeout(reject, signal, taskUUID);
    Promise.resolve(work).then(resolve, reject).finally(leave);
  });
}

/** Waits for `ms` milliseconds, or rejects with `AbortError` as soon as the signal fires. */
export function delay(ms: number, signal?: AbortSignal, taskUUID?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    onAbortOrTimeout((error) => (error ? reject(error) : resolve()), signal, taskUUID, ms);
  });
}
