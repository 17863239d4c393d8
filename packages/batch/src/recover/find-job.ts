import type { Sync3 } from '@sync3/sdk';
import { type Item, resultsOf } from '../ledger/item.js';
import { type ItemIdentity, taskUUIDOf } from '../ledger/task-uuid.js';
import { archivedOutcome, isAboutUnknownTask, type JobOutcome } from '../work/job-outcome.js';

/** A job that the API knows of an item. */
export interface FoundJob {
  /** Which of the item's jobs it is; its taskUUID follows from it. */
  retries: number;
  taskUUID: string;
  /** What it came to; `undefined` while it runs, or when the API no longer tells. */
  outcome: JobOutcome | undefined;
}

/**
 * How many UUIDs in a row the API must not know before the search ends. Old versions gave a new UUID
 * also to a retry of an item that had never been submitted.
 */
const mostUnknown = 2;

/**
 * Asks the API for the jobs of an item: that of its row and those of its retries, as a ledger that was
 * lost may have known later ones. Nothing is submitted.
 *
 * @returns the newest of them, or the first that brought a video, as that one was never retried.
 * @throws what `Tasks.details` throws, but for a task that is not known.
 */
export async function findJob(
  sync3: Sync3,
  item: ItemIdentity & Pick<Item, 'parameters'>,
  signal: AbortSignal,
): Promise<FoundJob | undefined> {
  const results = resultsOf(item);
  let found: FoundJob | undefined;
  let unknown = 0;
  for (let { retries } = item; unknown < mostUnknown; retries++) {
    const taskUUID = taskUUIDOf({ ...item, retries });
    if (!(await isKnown(sync3, taskUUID, signal))) {
      unknown += 1;
      continue;
    }
    unknown = 0;
    found = { retries, taskUUID, outcome: await outcomeOf(sync3, taskUUID, results, signal) };
    if (!found.outcome || found.outcome.videos.length > 0) break;
  }
  return found;
}

/** Whether the archive of the API has a task. */
export async function isKnown(
  sync3: Sync3,
  taskUUID: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const { response } = await sync3.tasks.details(taskUUID, { signal });
    return Object.keys(response).length > 0;
  } catch (error) {
    if (isAboutUnknownTask(error)) return false;
    throw error;
  }
}

/** The archive may hold the refusal of a second submit instead of the result. */
async function outcomeOf(
  sync3: Sync3,
  taskUUID: string,
  results: number,
  signal: AbortSignal,
): Promise<JobOutcome | undefined> {
  const now = await sync3.tasks
    .status(taskUUID, { signal, expectedResults: results })
    .catch((error) => {
      if (isAboutUnknownTask(error)) return undefined;
      throw error;
    });
  if (now?.status === 'processing') return undefined;
  if (now && now.videos.length + now.failures.length > 0) {
    return { videos: now.videos, failures: now.failures, missing: 0 };
  }
  return archivedOutcome(sync3, taskUUID, results, signal);
}
