import type { Queries } from '../database/database.js';

/**
 * Notes that there is news of a job, so that the worker that waits for it looks at once. An item that
 * was left for a later look is due now, whichever worker takes it.
 *
 * @returns whether an item has this job.
 */
export async function announceTask(queries: Queries, taskUUID: string): Promise<boolean> {
  const rows = await queries.query(
    `update sync3.item set announced_at = now(),
      next_look_at = case when next_look_at > now() then now() else next_look_at end
    where task_uuid = $1 and state <> 'planned' returning id`,
    [taskUUID],
    { isIdempotent: true },
  );
  return rows.length > 0;
}

/** An item of a worker whose job was announced. */
export interface AnnouncedItem {
  id: number;
  taskUUID: string;
}

/** Takes note of what was announced of the items that a worker has, or had last. */
export function takeAnnounced(
  queries: Queries,
  batchId: number,
  workerId: string,
): Promise<AnnouncedItem[]> {
  return queries.query(
    `update sync3.item set announced_at = null
    where batch_id = $1 and worker_id = $2 and announced_at is not null
    returning id, task_uuid::text as "taskUUID"`,
    [batchId, workerId],
  );
}
