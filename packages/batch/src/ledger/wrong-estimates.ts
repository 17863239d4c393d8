import type { Queries } from '../database/database.js';

/** Items that cost more than the API had said they would. */
export interface WrongEstimates {
  /** How many there are. */
  items: number;
  /** USD, by which they are above their estimates together. */
  excess: number;
  /** The worst of them, by actual cost divided by estimate, at most 20. */
  examples: { key: string; estimatedCost: number; actualCost: number }[];
}

const mostExamples = 20;
/** USD: figures of the API are rounded. */
const tolerance = 0.000_1;

/** Reads which estimates of a batch were too low. Looks at every item. */
export async function readWrongEstimates(
  queries: Queries,
  batchId: number,
): Promise<WrongEstimates> {
  const rows = await queries.query<
    WrongEstimates['examples'][number] & { items: number; excess: number }
  >(
    `select key, estimated_cost as "estimatedCost", actual_cost as "actualCost",
      count(*) over () as items, sum(actual_cost - estimated_cost) over () as excess
    from sync3.item
    where batch_id = $1 and actual_cost > estimated_cost + $2
    order by actual_cost / nullif(estimated_cost, 0) desc nulls first, id limit $3`,
    [batchId, tolerance, mostExamples],
    { isIdempotent: true },
  );
  const { items = 0, excess = 0 } = rows[0] ?? {};
  const examples = rows.map(({ key, estimatedCost, actualCost }) => ({
    key,
    estimatedCost,
    actualCost,
  }));
  return { items, excess, examples };
}
