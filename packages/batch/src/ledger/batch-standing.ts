import type { Queries } from '../database/database.js';
import { type BatchCosts, readCosts } from './costs.js';
import { findBatch } from './find-batch.js';
import { findHold, type Hold } from './hold.js';
import { findWorkers, type WorkerInfo } from './workers.js';

/** How a batch stands, but for its items: see `countItems`. */
export interface BatchStanding {
  /** What it has cost, and may cost. */
  costs: BatchCosts;
  /** Why no worker begins a job; `null` while nothing holds the batch. */
  held: Hold | null;
  /** Those that are alive, the oldest first. */
  workers: WorkerInfo[];
}

/**
 * Reads how a batch stands. Takes no longer for a large batch.
 *
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function readStanding(queries: Queries, batch = 'default'): Promise<BatchStanding> {
  const batchId = await findBatch(queries, batch);
  return {
    costs: await readCosts(queries, batchId),
    held: (await findHold(queries, batchId)) ?? null,
    workers: await findWorkers(queries, batch),
  };
}
