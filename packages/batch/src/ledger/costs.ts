import type { Queries } from '../database/database.js';
import { isUnderWay } from './item-state.js';

/** What a batch has cost and may cost, in USD. */
export interface BatchCosts {
  /** Of the jobs whose cost the API has named, those of earlier tries of an item among them. */
  spent: number;
  /** Of the jobs that have ended and whose cost the API has not named: it may have charged them. */
  uncertain: number;
  /** Of the jobs under way. */
  reserved: number;
  /**
   * What the two above are reckoned with: the largest actual cost divided by its estimate, at least 1;
   * `null` while no actual cost is known.
   */
  ratio: number | null;
  /** Jobs under way that have neither an estimate nor a cost, so that `reserved` is too small. */
  unpriced: number;
  /** No job is submitted that could bring the sum above it; `null` is no limit. */
  maxCost: number | null;
}

/** Reads what a batch has cost and may cost. Takes no longer for a large batch. */
export async function readCosts(queries: Queries, batchId: number): Promise<BatchCosts> {
  const [costs] = await queries.query<BatchCosts>(
    `select
      batch.spent,
      batch.uncertain * ratio as uncertain,
      estimated * ratio as reserved,
      case when cost_ratio is not null then ratio end as ratio,
      unpriced,
      max_cost as "maxCost"
    from sync3.batch
    cross join lateral (select greatest(cost_ratio, 1) as ratio) as worst
    cross join lateral (
      select
        coalesce(sum(estimated_cost), 0)::double precision as estimated,
        count(*) filter (where estimated_cost is null) as unpriced
      from sync3.item
      where item.batch_id = batch.id and ${isUnderWay} and actual_cost is null
    ) as open
    where batch.id = $1`,
    [batchId],
    { isIdempotent: true },
  );
  return costs as BatchCosts;
}

/** USD that are spent, or may be; infinite while a job is under way that has no price. */
export function committedCost({ spent, uncertain, reserved, unpriced }: BatchCosts): number {
  return unpriced > 0 ? Infinity : spent + uncertain + reserved;
}
