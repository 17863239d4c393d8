import type { Queries } from '../database/database.js';

/** A pause that follows within so many seconds after another is twice as long. */
const memorySeconds = 5;
/** Also the longest that the API is obeyed, in seconds. */
export const longestPauseSeconds = 60;

/**
 * Pauses a batch for all its workers, because the API has said 429. Requests that were refused at the
 * same time count as one refusal; one after another the pauses grow from 1 s to 60 s.
 *
 * @param retryAfterMs what the API asked for; 0 when it did not say.
 * @returns how long the batch is paused from now on, in ms.
 */
export async function pauseBatch(
  queries: Queries,
  batchId: number,
  retryAfterMs: number,
): Promise<number> {
  const [row] = await queries.query<{ seconds: number }>(
    `update sync3.batch set
      pause_seconds = case
        when paused_until > now() then pause_seconds
        when paused_until > now() - make_interval(secs => $3) then least(pause_seconds * 2, $4)
        else 1
      end,
      -- One that is further ahead than any pause was made before the clock was set back.
      paused_until = greatest(case
        when paused_until > now() + make_interval(secs => $4) then now() + make_interval(secs => $4)
        else paused_until
      end, now() + make_interval(secs => greatest($2, case
        when paused_until > now() then 0
        when paused_until > now() - make_interval(secs => $3) then least(pause_seconds * 2, $4)
        else 1
      end)))
    where id = $1
    returning extract(epoch from paused_until - now())::double precision as seconds`,
    [batchId, retryAfterMs / 1000, memorySeconds, longestPauseSeconds],
    // A pause that is begun twice is one.
    { isIdempotent: true },
  );
  return Math.ceil((row?.seconds ?? 0) * 1000);
}
