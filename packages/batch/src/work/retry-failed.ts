import type { Database } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import { itemPages } from '../ledger/item-pages.js';
import { retryItem } from '../ledger/retry-item.js';
import { MediaFiles } from '../manifest/media-files.js';
import { payloadOfNow } from '../plan/payload-of-now.js';

/**
 * Plans the failed items of a batch once more. Each becomes a new job, which is paid for. It takes
 * the local files as they are now, where they are there: a file that broke a job may have been replaced.
 *
 * @returns how many there are.
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function retryFailed(database: Database, batch = 'default'): Promise<number> {
  const batchId = await findBatch(database, batch);
  const files = new MediaFiles('/');
  let count = 0;
  for await (const items of itemPages(database, `batch_id = $1 and state = 'failed'`, [batchId])) {
    for (const item of items) {
      const payload = await payloadOfNow(database, item, files);
      if (await retryItem(database, item, payload)) count += 1;
    }
  }
  return count;
}
