import type { Queries } from '../database/database.js';

/** How far a batch was at a time. */
export interface ProgressPoint {
  at: Date;
  /** Items that had settled, those that had failed among them. */
  settled: number;
  failed: number;
  /** USD, as far as it is known now. */
  cost: number;
}

/** More are not told apart in a picture. */
const mostPoints = 300;

/**
 * Reads how a batch went on: a point at the first submit, and one at the end of each of 300 spans of
 * time in which something settled. The database adds up; the last point is all there is.
 *
 * @returns the points by time; none when nothing has settled or cost anything.
 */
export async function readProgress(queries: Queries, batchId: number): Promise<ProgressPoint[]> {
  const rows = await queries.query<ProgressPoint & { start: Date }>(
    `with event as (
      select
        -- Of one that has cost something and is not settled, nothing better is known.
        coalesce(settled_at, rendered_at, updated_at) as at,
        settled_at is not null as is_settled,
        settled_at is not null and state = 'failed' as has_failed,
        actual_cost
      from sync3.item
      where batch_id = $1 and (settled_at is not null or actual_cost is not null)
    ),
    -- Otherwise it may be found anew for each event, where the planner of queries expects few.
    span as materialized (
      select
        least(min(at), (select min(submitted_at) from sync3.item where batch_id = $1)) as first,
        max(at) as last
      from event
    ),
    bin as (
      select
        max(at) as at,
        count(*) filter (where is_settled) as settled,
        count(*) filter (where has_failed) as failed,
        coalesce(sum(actual_cost), 0) as cost,
        min(first) as start
      from event, span
      group by least(
        floor(extract(epoch from at - first) / nullif(extract(epoch from last - first), 0) * $2),
        $2 - 1
      )
    )
    select
      at, start,
      (sum(settled) over so_far)::bigint as settled,
      (sum(failed) over so_far)::bigint as failed,
      sum(cost) over so_far as cost
    from bin window so_far as (order by at)
    order by at`,
    [batchId, mostPoints],
    { isIdempotent: true },
  );
  const [first] = rows;
  if (!first) return [];
  const points = rows.map(({ at, settled, failed, cost }) => ({ at, settled, failed, cost }));
  return [{ at: first.start, settled: 0, failed: 0, cost: 0 }, ...points];
}
