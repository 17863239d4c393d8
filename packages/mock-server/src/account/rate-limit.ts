import { Refusal } from '../refusal.js';

/** How many requests each key may send in a stretch of time. */
export interface RateLimitOptions {
  /** Requests, whatever the number of their tasks; 0 lets none in. */
  requests: number;
  /** The stretch of time, in ms. */
  perMs: number;
}

/** Counts the requests of each key in a window that moves with the time. */
export class RateLimit {
  readonly #options: RateLimitOptions | undefined;
  readonly #now: () => number;
  /** When the requests of a key that still count were let in, oldest first. */
  readonly #letIn = new Map<string, number[]>();

  constructor(options: RateLimitOptions | undefined, now: () => number) {
    this.#options = options;
    this.#now = now;
  }

  /**
   * Lets a request in. Runware documents no headers with a 429; `Retry-After` is the common one.
   *
   * @throws {Refusal} 429 with `Retry-After`, in whole seconds.
   */
  admit(apiKey: string): void {
    if (!this.#options) return;
    const { requests, perMs } = this.#options;
    const now = this.#now();
    const recent = (this.#letIn.get(apiKey) ?? []).filter((at) => at > now - perMs);
    this.#letIn.set(apiKey, recent);
    const [oldest = now] = recent;
    if (recent.length >= requests) {
      const seconds = Math.max(1, Math.ceil((oldest + perMs - now) / 1000));
      const message = `More than ${requests} requests in ${perMs} ms. Try again in ${seconds} s.`;
      throw new Refusal(429, 'rateLimitExceeded', message, undefined, {
        'retry-after': `${seconds}`,
      });
    }
    recent.push(now);
  }
}
