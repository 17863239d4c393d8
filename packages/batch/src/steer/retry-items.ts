import type { Queries } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import type { Item } from '../ledger/item.js';
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
 * is paid for. Without keys it passes over those that cannot succeed (`canRetry` of their error is false); whoever names one by its key has
 * mended the cause. An item whose job may exist, or has brought results, is never taken.
 *
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function retryItems(
  queries: Queries,
  items: ItemSelection = {},
): Promise<SteerSummary> {
  const batchId = await findBatch(queries, items.batch ?? 'default');
  const files = new MediaFiles('/');
  const changed = new Set<string>();
  const where = `${isSelected} and item.state = 'failed'`;
  for await (const page of itemPages(queries, where, selectedValues(batchId, items))) {
    for (const item of page) {
      if (!isAllowed(item, items)) continue;
      const payload = await payloadOfNow(queries, item, files);
      if (await retryItem(queries, item, payload)) changed.add(item.key);
    }
  }
  return {
    changed: changed.size,
    refused: await refusals(queries, batchId, items.keys, changed, reasonOf),
  };
}

function isAllowed({ error }: Item, { keys }: ItemSelection): boolean {
  return keys !== undefined || error?.canRetry !== false;
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
