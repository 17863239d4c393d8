import { AbortError } from './errors/abort-error.js';

/** Throws `AbortError` when the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined, taskUUID?: string): void {
  if (signal?.aborted) throw new AbortError(signal, taskUUID);
}

/**
 * Settles as `work` does, or rejects with `AbortError` the moment the signal fires, even when the
 * work does not listen to it. Leaves no listener on the signal.
 */
export function abortable<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  taskUUID?: string,
): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new AbortError(signal, taskUUID));
    const leave = () => signal.removeEventListener('abort', onAbort);
    work.then(resolve, reject).finally(leave);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Waits for `ms` milliseconds, or rejects with `AbortError` as soon as the signal fires. */
export async function delay(ms: number, signal?: AbortSignal, taskUUID?: string): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await abortable(elapsed, signal, taskUUID);
  } finally {
    clearTimeout(timer);
  }
}
