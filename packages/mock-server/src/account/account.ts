import type { JobStore } from '../jobs/job-store.js';
import type { Profile } from '../profile/profile.js';
import { Refusal } from '../refusal.js';
import { roundCost } from './price.js';

/**
 * What may be spent. An accepted job holds its estimate; each result that succeeds costs its true
 * price, and one that fails costs nothing, or its estimate, by the profile.
 */
export class Account {
  /** USD that are not spent and not held, or `undefined` when there is no limit. */
  #balance: number | undefined;
  readonly #failedResults: Profile['failedResults'];

  constructor(balance: number | undefined, failedResults: Profile['failedResults'] = 'free') {
    this.#balance = balance;
    this.#failedResults = failedResults;
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
      const costOfFailure = this.#failedResults === 'charged' ? heldPerResult : 0;
      const cost = outcome && 'file' in outcome ? outcome.cost : costOfFailure;
      this.#balance = roundCost(this.#balance + heldPerResult - cost);
    });
  }
}
