import type { Queries } from '../database/database.js';
import { type BatchCosts, readCosts } from '../ledger/costs.js';

/** What a batch has cost and may cost, in USD. */
export interface Money extends BatchCosts {
  /** The estimates of items that wait. */
  planned: number;
  /** Items that wait and have no estimate. */
  plannedUnpriced: number;
  /** Items whose cost was more than a hundredth off its estimate, with both sums. */
  wrong: { items: number; estimated: number; actual: number };
}

/** Adds up the money of a batch in the database. */
export async function readMoney(queries: Queries, batchId: number): Promise<Money> {
  const costs = await readCosts(queries, batchId);
  const [waiting] = await queries.query<{ planned: number; plannedUnpriced: number }>(
    `select
      coalesce(sum(estimated_cost), 0) as planned,
      count(*) filter (where estimated_cost is null) as "plannedUnpriced"
    from sync3.item where batch_id = $1 and state = 'planned'`,
    [batchId],
    { isIdempotent: true },
  );
  const [wrong] = await queries.query<Money['wrong']>(
    `select
      count(*) as items,
      coalesce(sum(estimated_cost), 0) as estimated,
      coalesce(sum(actual_cost), 0) as actual
    from sync3.item
    where batch_id = $1 and state in ('succeeded', 'partially-failed', 'failed')
      and abs(actual_cost - estimated_cost) > 0.01 * estimated_cost`,
    [batchId],
    { isIdempotent: true },
  );
  return {
    ...costs,
    ...(waiting as NonNullable<typeof waiting>),
    wrong: wrong as Money['wrong'],
  };
}
