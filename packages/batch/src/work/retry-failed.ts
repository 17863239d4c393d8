import type { Database } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import { itemPages } from '../ledger/item-pages.js';
import { retryItem } from '../ledger/retry-item.js';

/**
 * Plans the failed items of a batch once more. Each becomes a new job, which is paid for. Items that
 * cannot succeed as they are (`error.canRetry`) stay.
 *
 * @param options `all`: also those that cannot succeed. @default false
 * @returns how many are planned once more.
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function retryFailed(
  database: Database,
  batch = 'default',
  { all = false }: { all?: boolean } = {},
): Promise<number> {
  const batchId = await findBatch(database, batch);
  let count = 0;
  for await (const items of itemPages(database, `batch_id = $1 and state = 'failed'`, [batchId])) {
    for (const item of items) {
      if (!all && item.error?.canRetry === false) continue;
      if (await retryItem(database, item)) count += 1;
    }
  }
  return count;
}
