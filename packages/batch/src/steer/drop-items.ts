import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { findBatch } from '../ledger/find-batch.js';
import { changeSelected, type ItemSelection, refusals, type SteerSummary } from './selection.js';

/**
 * Removes items from a batch, with all that the ledger knows of them: those that were never begun
 * (`planned`, `queued`), and those that are settled. Delivered files stay, and so does what the items
 * have cost. The same line, planned again, is a new item: of one that was settled, a job that is paid
 * for again. Items whose job is under way, or may be, are refused.
 *
 * @throws {BatchError} nobody has planned such a batch, or neither keys nor a code say which items.
 */
export async function dropItems(queries: Queries, items: ItemSelection): Promise<SteerSummary> {
  if (!items.keys && items.code === undefined) {
    throw new BatchError('Name the items to drop by their keys, or by a code of error.');
  }
  const batchId = await findBatch(queries, items.batch ?? 'default');
  const changed = await changeSelected(
    queries,
    { batchId, items },
    `item.state in ('planned', 'queued', 'succeeded', 'partially-failed', 'failed')`,
    `forgotten as (delete from sync3.move where item_id in (select id from chosen)),
    dropped as (delete from sync3.item where id in (select id from chosen) returning key)
    select key from dropped`,
  );
  return {
    changed: changed.size,
    refused: await refusals(
      queries,
      batchId,
      items.keys,
      changed,
      () =>
        'Its job is under way, or may be, and its result would be lost. Drop it when it is settled.',
    ),
  };
}
