import { describeFailure, Sync3Error, type Task, type Video, type VideoFailure } from '@sync3/sdk';
import { deliverItem } from '../deliver/deliver-item.js';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { DeliveryError, OutputExistsError } from '../errors/item-errors.js';
import { type Item, type ItemError, resultsOf } from '../ledger/item.js';
import { moveItem } from '../ledger/move-item.js';
import { markRendered, setAside, type TakenItem } from '../ledger/released-items.js';
import { archivedOutcome, isAboutUnknownTask, type JobOutcome, waitForJob } from './job-outcome.js';
import { forgetLostMedia } from './lost-media.js';
import { withPatience } from './patience.js';
import { isAboutAccount } from './refusal.js';
import { submitItem } from './submit-item.js';
import type { Worker } from './worker.js';

/** A job that was submitted so long ago, in ms, may have been forgotten by the API. */
const longAgoMs = 10 * 60_000;

/** How long an ambiguous job is asked for, in ms. */
const secondLookMs = 30_000;

/**
 * Carries an item from where it was found to its end: submit, wait, deliver, settle. Each step is
 * recorded before the next begins, so that another worker can go on from there. What cannot be settled
 * now is set aside, with the reason.
 *
 * @param onRendered called when the API has finished with the job: another may take its place.
 * @throws {ApiError} no item can be submitted: there is no usable key, or there are no credits.
 * @throws {DatabaseUnavailableError} the database is gone.
 * @throws what the signal was aborted with.
 */
export async function workOnItem(
  worker: Worker,
  taken: TakenItem,
  signal: AbortSignal,
  onRendered: () => void,
): Promise<void> {
  let item: Item = taken;
  try {
    const job = await jobOf(worker, taken, signal);
    if (!job) return;
    ({ item } = job);
    const outcome = await outcomeOf(worker, item, job.task, signal);
    if (!outcome) {
      await leaveAmbiguous(worker, item, forgotten(item));
      return;
    }
    await settle(worker, item, outcome, signal, onRendered);
  } catch (error) {
    signal.throwIfAborted();
    if (isAboutAll(error) || !Sync3Error.is(error)) throw error;
    const reason = { code: error.name, message: error.message };
    const isAboutDelivery = [DeliveryError, OutputExistsError].some((type) => type.is(error));
    if (isAboutDelivery) await leave(worker, item, reason);
    else await leaveAmbiguous(worker, item, reason);
  }
}

/** Whether an error stops the batch, and not just an item. */
function isAboutAll(error: unknown): boolean {
  return isAboutAccount(error) || DatabaseUnavailableError.is(error);
}

/** The job of an item: the one that it has, or a new one. */
async function jobOf(worker: Worker, taken: TakenItem, signal: AbortSignal) {
  const { sync3 } = worker;
  // Also one that has become ambiguous since: the API has had its job, which may be paid for.
  if (taken.state === 'submitted' || taken.submittedAt !== null) {
    const expectedResults = resultsOf(taken);
    return { item: taken, task: sync3.tasks.attach(taken.taskUUID, { expectedResults }) };
  }
  return submitItem(worker, taken, signal);
}

async function outcomeOf(
  { sync3, jobTimeoutMs }: Worker,
  item: Item,
  task: Task,
  signal: AbortSignal,
): Promise<JobOutcome | undefined> {
  const age = Date.now() - (item.submittedAt ?? item.createdAt).getTime();
  // The archive may be all that is left of it, and to wait for the rest would take the whole timeout.
  const archived =
    age > longAgoMs
      ? await archivedOutcome(sync3, item.taskUUID, signal).catch(() => undefined)
      : undefined;
  // One that nobody could tell of before is asked for again, and not waited for as if it were new.
  const timeoutMs =
    item.state === 'ambiguous' ? Math.min(jobTimeoutMs, secondLookMs) : jobTimeoutMs;
  return archived ?? waitForJob(sync3, task, { signal, timeoutMs });
}

async function settle(
  worker: Worker,
  item: Item,
  { videos, failures, missing }: JobOutcome,
  signal: AbortSignal,
  onRendered: () => void,
): Promise<void> {
  const { database, sync3 } = worker;
  const actualCost = totalCost(videos.flatMap(({ cost }) => cost ?? []));
  await markRendered(database, item, actualCost);
  onRendered();
  const [failure] = failures;
  const isComplete = !failure && missing === 0;
  const error = isComplete
    ? null
    : failure
      ? itemErrorOf(failure)
      : { code: 'missingResults', message: `${missing} of the results never came.` };
  if (videos.length === 0) {
    if (error) await forgetLostMedia(worker, item, error);
    await moveItem(database, item, 'failed', { error });
    return;
  }
  const refresh = async () => (await sync3.tasks.status(item.taskUUID, { signal })).videos;
  const ordered = await inOrder(worker, videos, refresh, signal);
  const files = await deliverItem(worker, item, ordered, refresh, signal);
  await moveItem(database, item, isComplete ? 'succeeded' : 'partially-failed', { files, error });
}

/**
 * The videos as the API lists them. Whoever waited knows them in the order of their coming, and the next
 * worker, which sees them all at once, has to give each the same name.
 */
async function inOrder(
  worker: Worker,
  videos: readonly Video[],
  refresh: () => Promise<readonly Video[]>,
  signal: AbortSignal,
): Promise<readonly Video[]> {
  if (videos.length < 2) return videos;
  const listed = await withPatience(refresh, { ...worker, signal }).catch((error) => {
    if (isAboutUnknownTask(error)) return videos;
    throw error;
  });
  const placeOf = ({ videoUUID }: Video) => listed.findIndex((one) => one.videoUUID === videoUUID);
  return videos.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** USD; `undefined` when the API named none. */
function totalCost(costs: readonly number[]): number | undefined {
  return costs.length === 0 ? undefined : costs.reduce((sum, cost) => sum + cost, 0);
}

/** Why a result failed, with what the provider said. */
function itemErrorOf({ code, message, responseContent }: VideoFailure): ItemError {
  return { code, message: describeFailure({ message, responseContent }) };
}

function forgotten({ taskUUID }: Item): ItemError {
  return {
    code: 'ForgottenJob',
    message:
      `The API does not tell what became of task ${taskUUID}. It may be paid for, so it is not ` +
      'submitted again. Work on the batch again later to ask once more.',
  };
}

/** An item waits for the next run as it is. */
async function leave({ database, tell }: Worker, item: Item, reason: ItemError): Promise<void> {
  await setAside(database, item, reason);
  tell({ event: 'warning', key: item.key, message: reason.message });
}

/** Nobody knows for certain whether the item has a job. */
async function leaveAmbiguous(worker: Worker, item: Item, reason: ItemError): Promise<void> {
  if (item.state === 'ambiguous') return leave(worker, item, reason);
  await moveItem(worker.database, item, 'ambiguous', { error: reason });
  worker.tell({ event: 'warning', key: item.key, message: reason.message });
}
