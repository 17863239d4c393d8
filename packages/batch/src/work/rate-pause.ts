import type { Database } from '../database/database.js';
import { Pause } from './pause.js';
import { pauseBatch } from './pause-batch.js';
import type { WorkEvent } from './work-options.js';

/** Pauses the batch at each 429, and tells of it for as long as the pause takes. */
export class RatePause {
  readonly #database: Database;
  readonly #batchId: number;
  readonly #pause: Pause;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(database: Database, batchId: number, tell: (event: WorkEvent) => void) {
    this.#database = database;
    this.#batchId = batchId;
    this.#pause = new Pause('rate', tell);
  }

  /** @param retryAfterMs what the API has asked for; 0 when it did not say. */
  begin(retryAfterMs: number): void {
    this.#begin(retryAfterMs).catch(() => {
      // The database is gone, which pauses the batch as well.
    });
  }

  /** Nothing is told any more. */
  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  async #begin(retryAfterMs: number): Promise<void> {
    const pausedMs = await pauseBatch(this.#database, this.#batchId, retryAfterMs);
    if (this.#isOver) return;
    const seconds = Math.ceil(pausedMs / 1000);
    const message = `The API has too many requests (429); no job is begun for ${seconds} s.`;
    if (!this.#pause.isOn) this.#pause.begin(message);
    // A refusal in the middle of a pause may make it longer.
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pause.end(), pausedMs).unref();
  }
}
