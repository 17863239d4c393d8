import type { Queries } from '../database/database.js';
import { type ItemState, itemStates } from './item-state.js';

/** How far a batch is. */
export interface ItemCounts {
  /** All items. */
  total: number;
  /** How many are in each state. */
  byState: Record<ItemState, number>;
  /** USD, of the items that have an estimate. */
  estimatedCost: number;
  /** USD, of the items whose cost is known. */
  actualCost: number;
}

/** Counts the items of a batch; a batch that nobody has planned has none. */
export async function countItems(queries: Queries, batch: string): Promise<ItemCounts> {
  const rows = await queries.query<{
    state: ItemState;
    count: number;
    estimatedCost: number;
    actualCost: number;
  }>(
    `select
      state,
      count(*) as count,
      coalesce(sum(estimated_cost), 0) as "estimatedCost",
      coalesce(sum(actual_cost), 0) as "actualCost"
    from sync3.item
    where batch_id = (select id from sync3.batch where name = $1)
    group by grouping sets ((state), ())`,
    [batch],
    { isIdempotent: true },
  );
  const byState = Object.fromEntries(
    itemStates.map((state) => [state, 0]),
  ) as ItemCounts['byState'];
  const counts: ItemCounts = { total: 0, byState, estimatedCost: 0, actualCost: 0 };
  for (const { state, count, estimatedCost, actualCost } of rows) {
    if (state) byState[state] = count;
    // The row of all states together, added up by the database: exact to the last cent.
    else Object.assign(counts, { total: count, estimatedCost, actualCost });
  }
  return counts;
}
