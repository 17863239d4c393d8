import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailableError } from '../errors/database-errors.js';

/** Called when statements wait for the database, and when they go on. */
export interface WaitListener {
  /**
   * A statement has waited for more than a second.
   *
   * @param message a sentence: why it waits.
   */
  begin(message: string): void;
  /** The statement has been carried out or has failed; called once after each `begin`. */
  end(): void;
}

const firstDelayMs = 50;
const longestDelayMs = 5_000;
/** How long a fault is waited for when the options do not say, in ms. */
export const defaultPatienceMs = 60_000;
/** Shorter waits are told to nobody, in ms. */
const tellAfterMs = 1_000;

/** Tries again what a database could not do just now. */
export class Waiting {
  readonly #patienceMs: number;
  readonly #listeners = new Set<WaitListener>();

  /** @param patienceMs how long something is tried again. */
  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** @returns what ends the listening. */
  listen(listener: WaitListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Tries until it works, with growing delays.
   *
   * @param mayRepeat whether what has failed with such an error may be done once more.
   * @throws the last error, after the patience or when nothing may be repeated.
   */
  async retry<Value>(
    attempt: () => Promise<Value>,
    mayRepeat: (error: DatabaseUnavailableError) => boolean = isUndone,
  ): Promise<Value> {
    const startedAt = performance.now();
    let told: WaitListener[] = [];
    try {
      for (let delay = firstDelayMs; ; delay = Math.min(2 * delay, longestDelayMs)) {
        try {
          return await attempt();
        } catch (error) {
          const waitedMs = performance.now() - startedAt;
          if (!DatabaseUnavailableError.is(error) || !error.retryable) throw error;
          if (!mayRepeat(error) || waitedMs >= this.#patienceMs) throw error;
          if (told.length === 0 && waitedMs >= tellAfterMs) {
            told = [...this.#listeners];
            for (const listener of told) listener.begin(error.message);
          }
          // What failed together does not come back together.
          const jittered = delay * (0.5 + Math.random() / 2);
          await sleep(Math.min(jittered, this.#patienceMs - waitedMs));
        }
      }
    } finally {
      for (const listener of told) listener.end();
    }
  }
}

/** Whether nothing of what failed was carried out. */
function isUndone({ isOutcomeUnknown }: DatabaseUnavailableError): boolean {
  return !isOutcomeUnknown;
}
