import { uptime } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { heartbeatSeconds } from './heartbeat.js';

/** How often a submit looks whether the leases are renewed, in ms. */
const lookMs = 250;
/** For the way of a submit to the API, in ms: it shall arrive before another worker takes the item. */
const marginMs = 2_000;

/**
 * Whether this worker still has its items, by its own clock. A worker whose connection hangs, or whose
 * machine slept, learns from nobody that others have taken them; so it submits nothing once its last
 * renewal of the leases is too old.
 */
export class LeaseClock {
  readonly #leaseMs: number;
  readonly #now: () => number;
  #renewedAt: number;

  /**
   * @param leaseMs how long a lease lasts without renewal; `Infinity` where nobody takes it over.
   * @param now a clock in ms that no setting of the time moves.
   */
  constructor(leaseMs: number = heartbeatSeconds * 1000, now = steadyTime()) {
    this.#leaseMs = leaseMs;
    this.#now = now;
    this.#renewedAt = now();
  }

  /** The moment, for `renewed`. Taken before a renewal is sent. */
  get now(): number {
    return this.#now();
  }

  /** All leases were renewed. @param sentAt when that was sent. */
  renewed(sentAt: number): void {
    this.#renewedAt = Math.max(this.#renewedAt, sentAt);
  }

  /** Whether a submit that is sent now arrives while the leases last. */
  get isHeld(): boolean {
    return this.#now() - this.#renewedAt < this.#leaseMs - marginMs;
  }

  /** Resolves when the leases last. @throws what the signal is aborted with, as when they are lost. */
  async untilHeld(signal: AbortSignal): Promise<void> {
    while (!this.isHeld) await sleep(lookMs, undefined, { signal });
    signal.throwIfAborted();
  }
}

/**
 * The time since now, in ms. `performance.now` stands still while a machine sleeps, which the time since
 * its start does not on Linux; the larger of the two counts.
 */
function steadyTime(): () => number {
  const startedAt = performance.now();
  const upAt = uptime() * 1000;
  return () => Math.max(performance.now() - startedAt, uptime() * 1000 - upAt);
}
