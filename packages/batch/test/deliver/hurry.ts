import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** Until the test ends, what sleeps for seconds, as between two downloads, sleeps a hundredth of it. */
export function hurry(): void {
  const { setTimeout } = timers;
  timers.setTimeout = (ms = 0, ...rest) => setTimeout(ms >= 900 ? ms / 100 : ms, ...rest);
  syncBuiltinESMExports();
  onTestFinished(() => {
    timers.setTimeout = setTimeout;
    syncBuiltinESMExports();
  });
}
