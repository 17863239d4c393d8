import { filesOf } from '../deliver/deliver-item.js';
import { findObstruction } from '../deliver/find-obstruction.js';
import type { OutputPlace } from '../deliver/output-place.js';
import { findItems, type Item } from '../ledger/item.js';
import { moveItem } from '../ledger/move-item.js';
import { takeItems } from '../ledger/take-items.js';
import { withPatience } from '../work/patience.js';
import { workOnItem } from '../work/work-on-item.js';
import type { Worker } from '../work/worker.js';
import { adoptJob } from './adopt-job.js';
import { type FoundJob, findJob } from './find-job.js';
import type { RecoverSummary } from './recover-summary.js';

/** Where an item is counted; `moved` when somebody else has it. */
type Finding = Exclude<keyof RecoverSummary, 'plan' | 'items'> | 'moved';

/**
 * Looks for the job of an item that the ledger knows none of, and records it. Where the results can be
 * settled without a download that brings anything new, as its files are there, they are.
 */
export async function recoverItem(
  worker: Worker,
  workerId: string,
  item: Item,
  signal: AbortSignal,
): Promise<Finding> {
  const { database, sync3, place } = worker;
  const job = await withPatience(() => findJob(sync3, item, signal), { ...worker, signal });
  if (!job) {
    return (await findObstruction(worker, item, signal)) ? 'occupied' : 'unknown';
  }
  const submitted = await markSubmitted(worker, item, job);
  if (!submitted) return 'moved';
  if (!job.outcome) return 'underWay';
  const hasVideos = job.outcome.videos.length > 0;
  if (hasVideos && !(await hasFiles(place, submitted))) return 'unfetched';
  const [taken] = await takeItems(database, [submitted.id], workerId);
  if (!taken) return 'moved';
  // It has a job, so nothing is submitted: its end is recorded, and its files are compared.
  await workOnItem(worker, taken, signal, () => {});
  const [settled] = await findItems(database, 'id = $1 and settled_at is not null', [item.id]);
  if (!settled) return 'unfetched';
  return settled.state === 'failed' ? 'failed' : 'delivered';
}

/** Records that the API has a job of an item. @returns `undefined` when somebody else has the item. */
async function markSubmitted(
  { database }: Worker,
  item: Item,
  job: FoundJob,
): Promise<Item | undefined> {
  let moved = await adoptJob(database, item, job);
  for (const state of ['queued', 'submitting', 'submitted'] as const) {
    moved &&= await moveItem(database, moved, state);
  }
  return moved;
}

async function hasFiles(place: OutputPlace, item: Item): Promise<boolean> {
  const sizes = filesOf(item).map((name) => place.sizeOf(name).catch(() => undefined));
  return (await Promise.all(sizes)).every((size) => size !== undefined);
}
