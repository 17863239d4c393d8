import { setTimeout as sleep } from 'node:timers/promises';

/** How long a worker waits for something to happen before it looks by itself, in ms. */
const idleMs = 500;
/** Shortest time between two looks, in ms: what happens in between is dealt with together. */
const coalesceMs = 50;

/** Lets a loop sleep until something happens. */
export class WakeUp {
  #wake = () => {};
  /** Whether something has happened since the last turn began. */
  #isAwake = false;

  /** A turn begins; what happens from now on wakes the loop after it. */
  begin(): void {
    this.#isAwake = false;
  }

  /** Something has happened. */
  now(): void {
    this.#isAwake = true;
    this.#wake();
  }

  /** @param startedAt when the turn began, by `performance.now`. */
  async wait(startedAt: number): Promise<void> {
    await sleep(Math.max(0, coalesceMs - (performance.now() - startedAt)));
    if (this.#isAwake) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, idleMs);
    });
    clearTimeout(timer);
  }
}
