import type { Queries } from '../database/database.js';
import { countItems, type ItemCounts } from '../ledger/count-items.js';

/** The figures of a batch. Costs are in USD, durations in seconds. */
export interface Totals {
  counts: ItemCounts;
  /** Items whose cost is known. */
  itemsWithCost: number;
  /** The estimates of items that have not failed and whose cost is not known yet. */
  openCost: number;
  openItems: number;
  /** Items that have neither, and have not failed. */
  itemsWithoutEstimate: number;
  /** Videos that were written to disk. */
  files: number;
  /** Items of which videos came, and how long their jobs took; `null` when there are none. */
  finished: number;
  median: number | null;
  percentile95: number | null;
  longest: number | null;
  /** The first submit, and the last item that was settled. */
  firstSubmit: Date | null;
  lastSettled: Date | null;
}

/**
 * How long the job of an item took, in seconds, as SQL; `null` while it is under way. A job that an
 * earlier one was repeated by is measured by itself.
 */
export const secondsTaken = `extract(epoch from
  case when rendered_at >= submitted_at then rendered_at
    when settled_at >= submitted_at then settled_at end - submitted_at)::double precision`;

/** Adds up a batch in the database. */
export async function readTotals(
  queries: Queries,
  batch: string,
  batchId: number,
): Promise<Totals> {
  const counts = await countItems(queries, batch);
  const [figures] = await queries.query<Omit<Totals, 'counts'>>(
    `select
      count(actual_cost) as "itemsWithCost",
      coalesce(sum(estimated_cost) filter (where is_open), 0) as "openCost",
      count(estimated_cost) filter (where is_open) as "openItems",
      count(*) filter (where is_open and estimated_cost is null) as "itemsWithoutEstimate",
      coalesce(sum(json_array_length(files)), 0) as files,
      count(*) filter (where has_come) as finished,
      percentile_cont(0.5) within group (order by seconds) filter (where has_come) as median,
      percentile_cont(0.95) within group (order by seconds) filter (where has_come)
        as "percentile95",
      max(seconds) filter (where has_come) as longest,
      min(submitted_at) as "firstSubmit",
      max(settled_at) as "lastSettled"
    from (
      select *,
        ${secondsTaken} as seconds,
        state in ('succeeded', 'partially-failed') as has_come,
        actual_cost is null and state <> 'failed' as is_open
      from sync3.item where batch_id = $1
    ) as item`,
    [batchId],
  );
  return { counts, ...(figures as Omit<Totals, 'counts'>) };
}
