import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

/** Until the test ends, time goes on only as it is told to; also for `node:timers/promises`. */
export function followClock() {
  const { setTimeout: sleep } = timers;
  vi.useFakeTimers();
  timers.setTimeout = (ms, value, { signal } = {}) =>
    new Promise<never>((resolve, reject) => {
      setTimeout(() => resolve(value as never), ms);
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  syncBuiltinESMExports();
  onTestFinished(() => {
    vi.useRealTimers();
    timers.setTimeout = sleep;
    syncBuiltinESMExports();
  });
  return { advance: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}
