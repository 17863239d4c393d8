import type { Database } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import { findItems } from '../ledger/item.js';
import { retryItem } from '../ledger/move-item.js';

/** Items that are in memory at a time. */
const chunkSize = 500;

/**
 * Plans the failed items of a batch once more. Each becomes a new job, which is paid for.
 *
 * @returns how many there are.
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function retryFailed(database: Database, batch = 'default'): Promise<number> {
  const batchId = await findBatch(database, batch);
  let count = 0;
  for (;;) {
    const items = await findItems(
      database,
      `batch_id = $1 and state = 'failed' order by id limit ${chunkSize}`,
      [batchId],
    );
    for (const item of items) if (await retryItem(database, item)) count += 1;
    if (items.length < chunkSize) return count;
  }
}
