import type { Queries } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import { findHold, holdBatch, releaseHold } from '../ledger/hold.js';

/**
 * Pauses a batch: no worker begins a job until `resumeBatch`, also none that comes later. Jobs that are
 * under way go on and are delivered.
 *
 * @param message why, for those who look at the batch.
 * @returns whether it was paused already, by a person or by a worker.
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function pauseBatch(
  queries: Queries,
  batch = 'default',
  message = 'Somebody has paused the batch.',
): Promise<boolean> {
  const batchId = await findBatch(queries, batch);
  const wasHeld = (await findHold(queries, batchId)) !== undefined;
  await holdBatch(queries, batchId, { reason: 'person', message });
  return wasHeld;
}

/**
 * Lets a batch go on that was paused, by a person or by a worker.
 *
 * @returns whether it was paused.
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function resumeBatch(queries: Queries, batch = 'default'): Promise<boolean> {
  return releaseHold(queries, await findBatch(queries, batch));
}
