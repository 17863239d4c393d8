import type { Database } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import { itemPages } from '../ledger/item-pages.js';
import { retryItem } from '../ledger/retry-item.js';

/**
 * Plans the failed items of a batch once more. Each becomes a new job, which is paid for.
 *
 * @returns how many there are.
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function retryFailed(database: Database, batch = 'default'): Promise<number> {
  const batchId = await findBatch(database, batch);
  let count = 0;
  for await (const items of itemPages(database, `batch_id = $1 and state = 'failed'`, [batchId])) {
    for (const item of items) if (await retryItem(database, item)) count += 1;
  }
  return count;
}
