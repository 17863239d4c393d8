import type { Queries } from '../database/database.js';
import { type Item, itemColumns } from '../ledger/item.js';
import type { FoundJob } from './find-job.js';

/**
 * Gives an item another of its jobs, which the API knows and this ledger did not. The item keeps its
 * state.
 *
 * @returns the item as it is now; `undefined` when somebody else has moved it.
 */
export async function adoptJob(
  queries: Queries,
  { id, state, attempts, retries }: Item,
  job: Pick<FoundJob, 'retries' | 'taskUUID'>,
): Promise<Item | undefined> {
  const [item] = await queries.query<Item>(
    `update sync3.item set retries = $5, task_uuid = $6, updated_at = now()
    where id = $1 and state = $2 and attempts = $3 and retries in ($4, $5)
    returning ${itemColumns}`,
    [id, state, attempts, retries, job.retries, job.taskUUID],
    { isIdempotent: true },
  );
  return item;
}
