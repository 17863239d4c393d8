import type { Queries } from '../database/database.js';

/** How fast a batch has been of late, by the database's clock. */
export interface Pace {
  /** Items that settled in each of the last 60 minutes; the last number is of the current minute. */
  perMinute: number[];
  /** Items that settled in the last ten minutes. */
  recent: number;
  /** Seconds from the first submit of those to now, at most 600; 0 without any. */
  recentSeconds: number;
}

const minutes = 60;

/** Reads the pace of a batch from the items that settled within an hour. */
export async function readPace(queries: Queries, batchId: number): Promise<Pace> {
  const rows = await queries.query<{ minutesAgo: number; count: number; seconds: number | null }>(
    `select
      floor(extract(epoch from now() - settled_at) / 60)::integer as "minutesAgo",
      count(*) as count,
      extract(epoch from now() - min(submitted_at))::double precision as seconds
    from sync3.item
    where batch_id = $1 and settled_at > now() - make_interval(mins => $2)
    group by 1`,
    [batchId, minutes],
    { isIdempotent: true },
  );
  const perMinute = new Array<number>(minutes).fill(0);
  const pace = { perMinute, recent: 0, recentSeconds: 0 };
  for (const { minutesAgo, count, seconds } of rows) {
    // A clock that was set back has items that settle in the future.
    const age = Math.min(Math.max(minutesAgo, 0), minutes - 1);
    perMinute[minutes - 1 - age] = (perMinute[minutes - 1 - age] ?? 0) + count;
    if (age >= 10) continue;
    pace.recent += count;
    // Rounded up to five seconds, so that an idle batch tells nothing new each time.
    const span = Math.min(Math.ceil((seconds ?? (age + 1) * 60) / 5) * 5, 600);
    pace.recentSeconds = Math.max(pace.recentSeconds, span);
  }
  return pace;
}
