import type { JobStore } from '../jobs/job-store.js';
import { Refusal } from '../refusal.js';
import { roundCost } from './price.js';

/**
 * What may be spent. An accepted job holds its estimate; each result that succeeds costs its true
 * price, and one that fails costs nothing (whether Runware bills those is not documented).
 */
export class Account {
  /** USD that are not spent and not held, or `undefined` when there is no limit. */
  #balance: number | undefined;

  constructor(balance: number | undefined) {
    this.#balance = balance;
  }

  get balance(): number | undefined {
    return this.#balance;
  }

  /** @throws {Refusal} 402: `cost` is more than is left. */
  hold(cost: number): void {
    if (this.#balance === undefined) return;
    if (cost > this.#balance) {
      const message = `The task would cost ${cost} USD, and ${this.#balance} USD are left.`;
      throw new Refusal(402, 'insufficientCredits', message);
    }
    this.#balance = roundCost(this.#balance - cost);
  }

  /** From now on, gives back what a job held for a result, and takes what the result costs. */
  follow({ events }: JobStore): void {
    events.on('settled', ({ heldPerResult }, { outcome }) => {
      if (this.#balance === undefined) return;
      const cost = outcome && 'file' in outcome ? outcome.cost : 0;
      this.#balance = roundCost(this.#balance + heldPerResult - cost);
    });
  }
}
