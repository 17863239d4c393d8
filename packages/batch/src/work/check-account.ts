import { Sync3Error } from '@sync3/sdk';
import { findItems } from '../ledger/item.js';
import { isKnown } from '../recover/find-job.js';
import type { Worker } from './worker.js';

/** So many of the newest jobs are asked for; one alone may only be forgotten. */
const jobsAsked = 3;
const fewestJobs = 2;

/**
 * Warns at once when the API knows none of the newest jobs that it has accepted and that have not
 * settled: the key is most likely that of another account, which cannot fetch them. Without a warning
 * they would be waited for in silence, and take all places.
 */
export async function checkAccount(
  { database, sync3, tell }: Pick<Worker, 'database' | 'sync3' | 'tell'>,
  batchId: number,
  signal: AbortSignal,
): Promise<void> {
  const items = await findItems(
    database,
    `batch_id = $1 and state = 'submitted' order by submitted_at desc limit $2`,
    [batchId, jobsAsked],
  );
  if (items.length < fewestJobs) return;
  for (const { taskUUID } of items) {
    try {
      if (await isKnown(sync3, taskUUID, signal)) return;
    } catch (error) {
      // What refuses to tell, or does not answer, says nothing about the account.
      if (Sync3Error.is(error)) return;
      throw error;
    }
  }
  tell({
    event: 'warning',
    message:
      'The API does not know the jobs of this batch that it has accepted. If the key is that of ' +
      'another account, stop and use the key that submitted them: their results are paid for, and ' +
      'only that account can fetch them.',
  });
}
