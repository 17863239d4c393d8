import type { Queries } from '../database/database.js';
import { type ItemState, isUnderWay, itemStates } from '../ledger/item-state.js';

/**
 * Counts the items of a batch by state, as the page asks every second: each part reads an index alone,
 * or few items.
 */
export async function readCounts(
  queries: Queries,
  batchId: number,
): Promise<Record<ItemState, number>> {
  const rows = await queries.query<{ state: ItemState; count: number }>(
    `select 'planned' as state, count(*) as count
    from sync3.item where batch_id = $1 and state = 'planned'
    union all
    select state, count(*) from sync3.item where batch_id = $1 and ${isUnderWay} group by state
    union all
    select state, count(*) from sync3.item
    where batch_id = $1 and state in ('succeeded', 'partially-failed', 'failed') group by state`,
    [batchId],
    { isIdempotent: true },
  );
  const none = Object.fromEntries(itemStates.map((state) => [state, 0]));
  return Object.assign(none, ...rows.map(({ state, count }) => ({ [state]: count })));
}
