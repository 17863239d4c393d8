import { describeFailure, type Video, type VideoFailure } from '@sync3/sdk';
import { deliverItem } from '../deliver/deliver-item.js';
import { type Item, type ItemError, resultsOf } from '../ledger/item.js';
import { moveItem } from '../ledger/move-item.js';
import { retryItem } from '../ledger/retry-item.js';
import type { TakenItem } from '../ledger/take-items.js';
import { archivedOutcome, type JobOutcome, type JobState, waitForJob } from './job-outcome.js';
import { lookAgain, lookAgainAfter } from './look-again.js';
import { forgetLostMedia } from './lost-media.js';
import { orderVideos } from './order-videos.js';
import { retryDelay } from './retry-rules.js';
import { type Submitted, submitItem } from './submit-item.js';
import type { Worker } from './worker.js';

/** A job that was submitted so long ago, in ms, may have been forgotten by the API. */
const longAgoMs = 10 * 60_000;

/** How long a job that nobody could tell of before is asked for, in ms. */
const glanceMs = 10_000;
/** The same where results are missing: the client knows after a minute without news (`task.wait`). */
const missingGlanceMs = 90_000;

/**
 * Carries an item from where it was found to its end: submit, wait, deliver, settle. Each step is
 * recorded before the next begins, so that another worker can go on from there. What cannot be settled
 * now is looked at again later.
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
  let item: Item | undefined = taken;
  if (item.state === 'rendered') onRendered();
  try {
    const submitted = await submitItem(worker, taken, signal);
    if (!submitted) return;
    item = submitted.item;
    const job = await stateOfJob(worker, submitted, taken.sentWebhookURL !== null, signal);
    if (typeof job === 'string') return await leaveJob(worker, item, job);
    if (job.missing > 0 && mayStillCome(worker, item)) return await leaveMissing(worker, item, job);
    // A job that had results before is paid for: a new one is no way out of an answer without them.
    if (job.videos.length === 0 && item.state === 'rendered') {
      return await leaveJob(worker, item, 'unknown');
    }
    if (job.videos.length === 0) return await fail(worker, item, job);
    item = await render(worker, item, job);
    onRendered();
    if (item) await deliverAndSettle(worker, item, job, signal);
  } catch (error) {
    signal.throwIfAborted();
    await lookAgainAfter(worker, item ?? taken, error);
  }
}

async function stateOfJob(
  { sync3, jobTimeoutMs, missingSince, looks }: Worker,
  { item, task }: Submitted,
  hasWebhook: boolean,
  signal: AbortSignal,
): Promise<JobState> {
  // By the clock of the database. It is below 0 after that was set back, and nobody knows then.
  const age = item.updatedAt.getTime() - (item.submittedAt ?? item.createdAt).getTime();
  // The archive may be all that is left of it, and to wait for the rest would take the whole timeout.
  const expectedResults = resultsOf(item);
  const archived =
    age > longAgoMs || age < 0
      ? await archivedOutcome(sync3, item.taskUUID, expectedResults, signal).catch(() => undefined)
      : undefined;
  const isSeenBefore = item.state === 'ambiguous' || item.looks > 0;
  const glance = missingSince.has(item.id) ? missingGlanceMs : glanceMs;
  const timeoutMs = isSeenBefore ? Math.min(jobTimeoutMs, glance) : jobTimeoutMs;
  const wait = { signal, timeoutMs, expectedResults, looks, hasWebhook };
  return archived ?? waitForJob(sync3, task, wait);
}

/** The job is not known to have ended; only one that the API does not know takes no place there. */
function leaveJob(worker: Worker, item: Item, job: 'open' | 'unknown'): Promise<void> {
  const { taskUUID } = item;
  if (job === 'open') {
    const message =
      `Task ${taskUUID} has not ended in time, as far as the API tells. It keeps its place among ` +
      'the jobs under way and is looked at again.';
    const to = item.state === 'rendered' ? 'rendered' : 'submitted';
    return lookAgain(worker, item, to, { code: 'SlowJob', message });
  }
  const message =
    `The API does not tell what became of task ${taskUUID}. It may be paid for, so it is not ` +
    'submitted again. It is looked at again, also by the next run.';
  return lookAgain(worker, item, 'ambiguous', { code: 'ForgottenJob', message }, { isGone: true });
}

/** Whether results that are missing are waited for: half as long as a run waits that is done else. */
function mayStillCome({ missingSince, longestLookMs }: Worker, { id }: Item): boolean {
  const now = performance.now();
  const since = missingSince.get(id) ?? now;
  missingSince.set(id, since);
  return now - since < longestLookMs / 2;
}

function leaveMissing(worker: Worker, item: Item, { missing }: JobOutcome): Promise<void> {
  const message = `${missing} of the results have not come yet, and are looked for again.`;
  const to = item.state === 'rendered' ? 'rendered' : 'submitted';
  return lookAgain(worker, item, to, { code: 'missingResults', message });
}

/** The job has ended without a video. */
async function fail(worker: Worker, item: Item, { failures, missing }: JobOutcome): Promise<void> {
  const error = errorOf(failures, missing) ?? noVideos;
  await forgetLostMedia(worker, item, error);
  const actualCost = costOf([], failures);
  const failed = await moveItem(worker.database, item, 'failed', { error, actualCost });
  if (failed) await retryByRule(worker, failed, error);
}

/** Records that the API has finished with a job. @returns `undefined` when somebody else has the item. */
async function render(
  { database }: Worker,
  item: Item,
  { videos, failures }: JobOutcome,
): Promise<Item | undefined> {
  if (item.state === 'rendered') return item;
  const actualCost = costOf(videos, failures);
  return moveItem(database, item, 'rendered', { actualCost, error: null });
}

async function deliverAndSettle(
  worker: Worker,
  item: Item,
  { videos, failures, missing }: JobOutcome,
  signal: AbortSignal,
): Promise<void> {
  const { database, sync3 } = worker;
  const error = errorOf(failures, missing);
  const refresh = async () => (await sync3.tasks.status(item.taskUUID, { signal })).videos;
  const ordered = await orderVideos(worker, videos, refresh, signal);
  const files = await deliverItem(worker, item, ordered, refresh, signal);
  await moveItem(database, item, error ? 'partially-failed' : 'succeeded', { files, error });
}

const noVideos: ItemError = {
  code: 'missingResults',
  message: 'The job has ended without a video.',
  canRetry: true,
};

/** Why not all of the results came; `null` when they did. */
function errorOf(failures: readonly VideoFailure[], missing: number): ItemError | null {
  const [failure] = failures;
  if (failure) return itemErrorOf(failure);
  if (missing === 0) return null;
  const message = `${missing} of the results never came.`;
  return { code: 'missingResults', message, canRetry: true };
}

/** Why a result failed, with what the provider said. */
function itemErrorOf({ code, message, responseContent }: VideoFailure): ItemError {
  return { code, message: describeFailure({ message, responseContent }), canRetry: true };
}

/** A new job, where the failure may pass by itself. The old one is known to have failed. */
async function retryByRule(
  worker: Worker,
  item: Item,
  { code, message }: ItemError,
): Promise<void> {
  const delayMs = retryDelay(worker.retryRules, code, item.automaticRetries);
  if (delayMs === undefined) return;
  if (!(await retryItem(worker.database, item, { byRule: true, delayMs }))) return;
  worker.metrics?.jobRetried(code);
  const seconds = Math.ceil(delayMs / 1000);
  const again = `A new job is begun ${seconds > 0 ? `in ${seconds} s` : 'at once'}.`;
  worker.tell({ event: 'warning', key: item.key, message: `${message} (${code}) ${again}` });
}

/**
 * USD of a job, by its results and by failures that name a cost, which may be 0; `undefined` when the
 * API has named none, or not those of all failures.
 */
function costOf(videos: readonly Video[], failures: readonly VideoFailure[]): number | undefined {
  const known = videos.flatMap(({ cost }) => cost ?? []);
  const ofFailures = failures.flatMap((failure) => {
    const cost = (failure as { cost?: unknown }).cost;
    return typeof cost === 'number' && cost >= 0 ? cost : [];
  });
  if (videos.length === 0 && ofFailures.length < failures.length) return undefined;
  const costs = [...known, ...ofFailures];
  return costs.length === 0 ? undefined : costs.reduce((sum, cost) => sum + cost, 0);
}
