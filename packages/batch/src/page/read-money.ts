import type { Queries } from '../database/database.js';

/** What a batch has cost and may cost, in USD. */
export interface Money {
  /** The known costs together, and how many items they are of. */
  spent: number;
  itemsWithCost: number;
  /** The estimates of jobs that are under way, or may be. */
  reserved: number;
  /** The estimates of items that wait. */
  planned: number;
  /** Items that have neither a cost nor an estimate, and have not failed. */
  itemsWithoutEstimate: number;
  /** Items whose cost was more than a hundredth off its estimate, with both sums. */
  wrong: { items: number; estimated: number; actual: number };
}

/** Adds up the money of a batch in the database. */
export async function readMoney(queries: Queries, batchId: number): Promise<Money> {
  const [row] = await queries.query<
    Omit<Money, 'wrong'> & { wrongItems: number; wrongEstimated: number; wrongActual: number }
  >(
    `select
      coalesce(sum(actual_cost), 0) as spent,
      count(actual_cost) as "itemsWithCost",
      coalesce(sum(estimated_cost) filter (where is_open and state <> 'planned'), 0) as reserved,
      coalesce(sum(estimated_cost) filter (where is_open and state = 'planned'), 0) as planned,
      count(*) filter (where is_open and estimated_cost is null) as "itemsWithoutEstimate",
      count(*) filter (where is_wrong) as "wrongItems",
      coalesce(sum(estimated_cost) filter (where is_wrong), 0) as "wrongEstimated",
      coalesce(sum(actual_cost) filter (where is_wrong), 0) as "wrongActual"
    from (
      select state, estimated_cost, actual_cost,
        actual_cost is null and state <> 'failed' as is_open,
        abs(actual_cost - estimated_cost) > 0.01 * estimated_cost as is_wrong
      from sync3.item where batch_id = $1
    ) as item`,
    [batchId],
    { isIdempotent: true },
  );
  const { wrongItems, wrongEstimated, wrongActual, ...money } = row as NonNullable<typeof row>;
  return {
    ...money,
    wrong: { items: wrongItems, estimated: wrongEstimated, actual: wrongActual },
  };
}
