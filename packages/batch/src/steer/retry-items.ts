import type { Queries } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import { itemPages } from '../ledger/item-pages.js';
import type { ItemState } from '../ledger/item-state.js';
import { retryItem } from '../ledger/retry-item.js';
import { MediaFiles } from '../manifest/media-files.js';
import { payloadOfNow } from '../plan/payload-of-now.js';
import {
  type ItemSelection,
  isSelected,
  refusals,
  type SteerSummary,
  selectedValues,
} from './selection.js';

/**
 * Plans failed items once more, with their local files as they are now; each becomes a new job, which
 * is paid for. Items that cannot succeed as they are (`error.canRetry`) stay, unless a file is another
 * or the item is named by its key. An item whose job may exist, or has brought results, is never taken.
 *
 * @param options `all`: also those that cannot succeed. @default false
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function retryItems(
  queries: Queries,
  items: ItemSelection = {},
  { all = items.keys !== undefined }: { all?: boolean } = {},
): Promise<SteerSummary> {
  const batchId = await findBatch(queries, items.batch ?? 'default');
  const files = new MediaFiles('/');
  const changed = new Set<string>();
  const where = `${isSelected} and item.state = 'failed'`;
  for await (const page of itemPages(queries, where, selectedValues(batchId, items))) {
    for (const item of page) {
      const payload = await payloadOfNow(queries, item, files);
      const isSame = payload.payloadHash === item.payloadHash;
      if (!all && isSame && item.error?.canRetry === false) continue;
      if (await retryItem(queries, item, { payload })) changed.add(item.key);
    }
  }
  return {
    changed: changed.size,
    refused: await refusals(queries, batchId, items.keys, changed, reasonOf),
  };
}

function reasonOf(state: ItemState): string {
  switch (state) {
    case 'planned':
    case 'queued':
      return 'It has not been submitted yet; it waits for its turn.';
    case 'ambiguous':
      return 'Its job may exist, and a new one could be paid for twice. It is looked at again by itself.';
    case 'succeeded':
      return 'It has succeeded.';
    case 'partially-failed':
      return 'Some of its results have come, and all are paid for. Plan the rest as a new item.';
    case 'failed':
      return 'Its error has another code.';
    default:
      return 'Its job is under way.';
  }
}
