import type { Queries } from '../database/database.js';

/** How long the jobs of a batch took, in seconds; `null` while no video has come. */
export interface Times {
  /** Items of which videos came. */
  finished: number;
  median: number | null;
  percentile95: number | null;
  longest: number | null;
  /** The first submit, and the last item that was settled. */
  firstSubmit: Date | null;
  lastSettled: Date | null;
  /** Videos that were written to disk. */
  files: number;
}

/**
 * How long the API took for the job of an item, in seconds, as SQL: from the submit until the job was
 * seen finished. The wait before the submit and the delivery do not count. `null` where it is not known,
 * as of a job that an earlier one was repeated by.
 */
export const secondsTaken = `extract(epoch from
  case when rendered_at >= submitted_at then rendered_at - submitted_at end)::double precision`;

/** Reads how long the jobs of a batch took. */
export async function readTimes(queries: Queries, batchId: number): Promise<Times> {
  const [times] = await queries.query<Times>(
    `select
      count(*) filter (where has_come) as finished,
      percentile_cont(0.5) within group (order by seconds) filter (where has_come) as median,
      percentile_cont(0.95) within group (order by seconds) filter (where has_come)
        as "percentile95",
      max(seconds) filter (where has_come) as longest,
      min(submitted_at) as "firstSubmit",
      max(settled_at) as "lastSettled",
      coalesce(sum(json_array_length(files)), 0) as files
    from (
      select submitted_at, settled_at, files,
        ${secondsTaken} as seconds,
        state in ('succeeded', 'partially-failed') as has_come
      from sync3.item where batch_id = $1
    ) as item`,
    [batchId],
    { isIdempotent: true },
  );
  return times as Times;
}
