import { countItems } from '../ledger/count-items.js';
import type { Worker } from './worker.js';

/** Shortest time between two counts of the whole batch, in ms; they take a share of a twentieth. */
const progressMs = 1_000;

/** @returns what tells how far a batch is, unless it was told a moment ago. */
export function progressTeller({ database, tell }: Worker, batch: string): () => Promise<void> {
  let nextAt = 0;
  return async () => {
    const startedAt = performance.now();
    if (startedAt < nextAt) return;
    tell({ event: 'progress', counts: await countItems(database, batch) });
    const now = performance.now();
    nextAt = now + Math.max(progressMs, 20 * (now - startedAt));
  };
}
