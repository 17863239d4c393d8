import type { Queries } from '../database/database.js';
import { type ItemState, itemStates } from '../ledger/item-state.js';

/** Counts the items of a batch by state. Reads an index alone, as the page asks every second. */
export async function readCounts(
  queries: Queries,
  batchId: number,
): Promise<Record<ItemState, number>> {
  const rows = await queries.query<{ state: ItemState; count: number }>(
    'select state, count(*) as count from sync3.item where batch_id = $1 group by state',
    [batchId],
    { isIdempotent: true },
  );
  const none = Object.fromEntries(itemStates.map((state) => [state, 0]));
  return Object.assign(none, ...rows.map(({ state, count }) => ({ [state]: count })));
}
