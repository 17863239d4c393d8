import type { Queries } from '../database/database.js';
import { readableError } from './readable-error.js';

/** How many failed items of a batch may succeed as a new job, by the reason of their failure. */
export async function countRetryable(queries: Queries, batch = 'default'): Promise<number> {
  const [row] = await queries.query<{ count: number }>(
    `select count(*) as count from sync3.item
    where batch_id = (select id from sync3.batch where name = $1) and state = 'failed'
      and coalesce(${readableError} ->> 'canRetry', 'true') = 'true'`,
    [batch],
    { isIdempotent: true },
  );
  return row?.count ?? 0;
}
