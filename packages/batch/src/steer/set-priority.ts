import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { findBatch } from '../ledger/find-batch.js';
import { changeSelected, type ItemSelection, refusals, type SteerSummary } from './selection.js';

const lowest = -(2 ** 31);
const highest = 2 ** 31 - 1;

/**
 * Says which items are begun first: those with the higher priority, among equals in the order of
 * planning. It counts for items that are `planned`, and for `failed` ones when they are tried again.
 *
 * @param priority a whole number from -2^31 to 2^31 - 1. Items begin with 0.
 * @throws {BatchError} nobody has planned such a batch, or the priority is no such number.
 */
export async function setPriority(
  queries: Queries,
  items: ItemSelection,
  priority: number,
): Promise<SteerSummary> {
  if (!Number.isInteger(priority) || priority < lowest || priority > highest) {
    throw new BatchError(`A priority is a whole number from ${lowest} to ${highest}.`);
  }
  const batchId = await findBatch(queries, items.batch ?? 'default');
  const changed = await changeSelected(
    queries,
    { batchId, items },
    // Each once: what is changed does not match any more.
    `item.state in ('planned', 'failed') and item.priority <> $4`,
    `changed as (
      update sync3.item set priority = $4, updated_at = now()
      from chosen where item.id = chosen.id returning key
    )
    select key from changed`,
    [priority],
  );
  return {
    changed: changed.size,
    refused: await refusals(queries, batchId, items.keys, changed, (state) =>
      state === 'planned' || state === 'failed'
        ? 'It has this priority already.'
        : 'A worker has begun it already.',
    ),
  };
}
