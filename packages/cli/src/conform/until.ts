import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds, in real time. @returns whether it did within `ms`. */
export async function until(holds: () => boolean, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) return false;
    await sleep(Math.min(250, ms));
  }
  return true;
}
