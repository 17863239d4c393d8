import { askForCost } from '@sync3/generated/constants';
import {
  ConflictError,
  InsufficientCreditsError,
  type LipsyncParams,
  RateLimitError,
  Sync3Error,
  type Task,
  ValidationError,
} from '@sync3/sdk';
import { findObstruction } from '../deliver/find-obstruction.js';
import { type Item, resultsOf } from '../ledger/item.js';
import { moveItem } from '../ledger/move-item.js';
import type { TakenItem } from '../ledger/take-items.js';
import { adoptJob } from '../recover/adopt-job.js';
import { findJob, isKnown } from '../recover/find-job.js';
import { lookAgain } from './look-again.js';
import { forgetLostMedia } from './lost-media.js';
import { withPatience } from './patience.js';
import { isAboutAccount, isWrongPath, refusalOf } from './refusal.js';
import type { Worker } from './worker.js';

/** An item whose job the API has. */
export interface Submitted {
  item: Item;
  task: Task;
}

const heldBack = {
  code: 'HeldBatch',
  message: 'The API does not know its job, and none is submitted while the batch is held.',
};

/**
 * The job of an item: the one that it has, or that an earlier worker has submitted, or a new one.
 *
 * The row says `submitting` before the first byte goes out. So one that was found `queued` for the
 * first time cannot have a job; any other may, and the API is asked first: `getTaskDetails` here, and
 * `getResponse` by the client. In every case the taskUUID is the same, and the API takes it once. What
 * may have been sent is sent again as it was; everything else as today's document has it.
 *
 * @returns `undefined` when the item has settled without a job, or somebody else has it.
 * @throws what no retry mends for any item: no usable key, no credits.
 */
export async function submitItem(
  worker: Worker,
  item: TakenItem,
  signal: AbortSignal,
): Promise<Submitted | undefined> {
  const { sync3, media, database, unchanged, lease } = worker;
  const { taskUUID, attempts, sentWebhookURL } = item;
  const expectedResults = resultsOf(item);
  const attach = () => sync3.tasks.attach(taskUUID, { expectedResults });
  // Also one that has become ambiguous since: the API has had its job, which may be paid for.
  const isSubmitted = item.state === 'submitted' || item.state === 'rendered';
  if (isSubmitted || item.submittedAt !== null) return { item, task: attach() };
  /** Whether the task, with this taskUUID, may have been sent by an earlier worker. */
  const wasSent = item.foundIn !== 'queued';
  const isNew = !wasSent && attempts === 1;
  const submitted = async (task: Task, as: Item = item): Promise<Submitted | undefined> => {
    const moved = await moveItem(database, as, 'submitted', { error: null });
    return moved && { item: moved, task };
  };
  // A refused lookup does not mean that the job was refused; it may exist.
  const ask = () => isKnown(sync3, taskUUID, signal);
  if (!isNew && (await withPatience(ask, { ...worker, signal }))) {
    return submitted(attach());
  }
  const obstruction = await findObstruction(worker, item, signal);
  if (obstruction) {
    // What has the place may be the result: this ledger is new, or older than the job.
    const find = () => findJob(sync3, item, signal);
    const job = await withPatience(find, { ...worker, signal });
    const adopted = job && (await adoptJob(database, item, job));
    if (adopted) return submitted(sync3.tasks.attach(job.taskUUID, { expectedResults }), adopted);
    if (job) return undefined;
    const { name: code, message } = obstruction;
    await moveItem(database, item, 'failed', { error: { code, message, canRetry: true } });
    return undefined;
  }
  // One that is `queued` stays so while the batch is held; this one is looked at again.
  if (wasSent && (await worker.isHeld())) {
    await lookAgain(worker, item, item.state, heldBack);
    return undefined;
  }
  /** Whether an attempt may have been accepted, which the API has not said. */
  let isOpen = false;
  try {
    const parameters = await withPatience(() => media.parametersOf(item), { ...worker, signal });
    const send = (given: Record<string, unknown>): Promise<Task> =>
      withPatience(
        async () => {
          const webhook = sentWebhookURL !== null && { webhookURL: sentWebhookURL };
          const params = { ...given, taskUUID, ...askForCost, ...webhook };
          await lease.untilHeld(signal);
          return sync3.lipsync
            .submit(params as unknown as LipsyncParams, { signal, isNew: isNew && !isOpen })
            .catch((error) => {
              if (ConflictError.is(error)) return attach();
              isOpen ||= Sync3Error.is(error) && error.mayBeAccepted && !isWrongPath(error);
              throw error;
            });
        },
        // The batch pauses, and the item waits for its turn in the ledger.
        { ...worker, signal, unless: (error) => RateLimitError.is(error) },
      );
    const task = await (wasSent ? unchanged.send(item, parameters, send) : send(parameters));
    return await submitted(task);
  } catch (error) {
    // Rules that have changed since say nothing about a job that may be there.
    const isByNewRules = wasSent && ValidationError.is(error);
    // The job is looked for later.
    if (isOpen || isByNewRules) throw error;
    await leaveWithoutJob(worker, item, error, wasSent);
    return undefined;
  }
}

/**
 * Records that an item has no job: it fails, or is planned again where the reason is not its own.
 *
 * @throws the error, when it says neither, or stops the whole batch.
 */
async function leaveWithoutJob(
  worker: Worker,
  item: TakenItem,
  cause: unknown,
  wasSent: boolean,
): Promise<void> {
  const { database } = worker;
  const refusal = refusalOf(cause);
  if (refusal) {
    await forgetLostMedia(worker, item, refusal);
    await moveItem(database, item, 'failed', { error: refusal });
    return;
  }
  // First of all, so that no hold follows after a person has let the batch go on.
  if (InsufficientCreditsError.is(cause)) await worker.holdForCredits(cause.message);
  const isAboutRate = RateLimitError.is(cause);
  const isPlannedAgain = !wasSent && (isAboutRate || isAboutAccount(cause));
  if (isPlannedAgain) await moveItem(database, item, 'planned');
  if (!isPlannedAgain || !isAboutRate) throw cause;
}
