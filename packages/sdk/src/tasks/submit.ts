import { AbortError } from '../errors/abort-error.js';
import { withAttachHint } from '../errors/attach-hint.js';
import { ConflictError } from '../errors/conflict-error.js';
import { errorFor } from '../errors/error-for.js';
import { Sync3Error } from '../errors/sync3-error.js';
import type { RequestOptions, Settings } from '../options.js';
import { meaningOf } from '../wire/codes.js';
import type { WrittenTask } from '../wire/posting.js';
import type { Reply } from '../wire/reply.js';
import { type Call, send } from '../wire/transport.js';
import { compareRequests } from './compare-requests.js';
import { retrying } from './retry.js';
import type { TaskContext } from './task-context.js';
import { errorsThat } from './verdict.js';

/** Where the UUID of a task comes from. */
interface UUIDOrigin {
  /** Whether it may have been sent before this call. */
  mayBeUsed: boolean;
  /** Whether it was made from an `idempotencyKey`. */
  isFromKey: boolean;
}

/**
 * Submits a task exactly once.
 *
 * A failure after which the task may or may not have been accepted (no answer, 5xx, an unreadable
 * body) is answered by sending the *same* taskUUID again: the API accepts a UUID once and refuses it
 * with `conflictTaskUUID` from then on (upstream: "Must be unique per task"). So a conflict after
 * such a failure says that the task was accepted; a conflict on a first attempt says that somebody
 * else has used the UUID.
 *
 * Whether the API still refuses a UUID whose job has long finished is not known. So wherever the
 * UUID may have been used before, the API is asked for the task before it is sent.
 *
 * @param origin where the UUID comes from; one that may have been used is asked for before it is sent.
 * @throws {ConflictError} the API has a job of this UUID that was not submitted by this call.
 * @throws {ApiError} the API refused; `mayBeAccepted` tells whether an earlier attempt may have been
 *   accepted.
 * @throws {ConnectionError} no attempt was answered; `mayBeAccepted` as above.
 * @throws {AbortError} as soon as the signal fires.
 */
export async function submitOnce(
  { settings, submitTogether }: Pick<TaskContext<never>, 'settings' | 'submitTogether'>,
  job: WrittenTask,
  { mayBeUsed, isFromKey }: UUIDOrigin,
  options: RequestOptions,
): Promise<void> {
  const { taskUUID } = job;
  const call = { ...options, taskUUID };
  /** Whether an attempt of this call may have been accepted. */
  let isAmbiguous = false;

  /** Sends the task, and notes when nobody can tell whether it arrived. */
  const deliver = async <Replied>(sending: Promise<Replied>): Promise<Replied> => {
    try {
      return await sending;
    } catch (error) {
      isAmbiguous ||= AbortError.is(error) || (Sync3Error.is(error) && error.mayBeAccepted);
      throw error;
    }
  };

  const attempt = async () => {
    const isFirst = !mayBeUsed && !isAmbiguous;
    let reply = isFirst ? await deliver(submitTogether(job, call)) : undefined;
    let wasAmbiguous = false;
    if (!reply) {
      // A list that was refused without a word on this task may have been accepted in part.
      isAmbiguous ||= isFirst;
      if (await isKnown(settings, call, taskUUID)) {
        if (isAmbiguous) return;
        throw await conflict(settings, call, job, isFromKey);
      }
      wasAmbiguous = isAmbiguous;
      [reply] = await deliver(send(settings, call, { tasks: [job] }));
    }
    const { rows, errors } = reply;
    const isConflict = errors.some(({ code }) => meaningOf(code) === 'conflict');
    if (rows.length > 0 || (isConflict && wasAmbiguous)) return;
    // Some runtimes (Deno, Chromium) resend a POST by themselves when a connection is lost.
    if (isConflict && !mayBeUsed && (await isKnown(settings, call, taskUUID))) return;
    if (isConflict) throw await conflict(settings, call, job, isFromKey);
    const error = repeatableError(reply, taskUUID);
    isAmbiguous ||= error.mayBeAccepted;
    throw error;
  };
  try {
    await retrying(settings, call, attempt);
  } catch (error) {
    const isOpen = isAmbiguous && Sync3Error.is(error) && !ConflictError.is(error);
    throw isOpen ? withAttachHint(error, taskUUID) : error;
  }
}

/**
 * Whether the API has heard of the task.
 *
 * @throws {Sync3Error} it did not say: what is not known to be new is not sent.
 */
async function isKnown(settings: Settings, call: Call, taskUUID: string): Promise<boolean> {
  const [reply] = await send(settings, call, { tasks: [{ taskType: 'getResponse', taskUUID }] });
  const isUnknown = reply.errors.some(({ code }) => meaningOf(code) === 'unknownTask');
  if (reply.rows.length > 0) return true;
  if (isUnknown || reply.isClean) return false;
  if (errorsThat('failed', reply).length > 0) return true;
  throw repeatableError(reply, taskUUID);
}

/** The same UUID makes it safe to repeat whatever may have been accepted. */
function repeatableError(reply: Reply, taskUUID: string): Sync3Error {
  const error = errorFor(reply, taskUUID);
  return Object.assign(error, { retryable: error.retryable || error.mayBeAccepted });
}

/**
 * The error for a UUID that is in use. One idempotency key may have been given to two requests, so the
 * API's archive is asked for the other.
 */
async function conflict(
  settings: Settings,
  call: Call,
  { taskUUID, json }: WrittenTask,
  isFromKey: boolean,
): Promise<ConflictError> {
  if (!isFromKey) return new ConflictError(taskUUID, undefined);
  const tasks = [{ taskType: 'getTaskDetails', taskUUID }];
  const archived = await send(settings, call, { tasks }).catch(() => undefined);
  return new ConflictError(taskUUID, compareRequests(JSON.parse(json), archived?.[0].rows[0]));
}
