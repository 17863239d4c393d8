import type { VideoInferenceTask } from '@sync3/generated';
import { withAttachHint } from './attach-hint.js';
import { AbortError } from './errors/abort-error.js';
import { errorFor } from './errors/error-for.js';
import { Sync3Error } from './errors/sync3-error.js';
import type { RequestOptions, Settings } from './options.js';
import type { Reply } from './reply.js';
import { retrying } from './retry.js';
import type { TaskContext } from './task.js';
import { type Call, send } from './transport.js';
import { verdictsOf } from './verdict.js';

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
 * @param mayBeUsed whether the UUID may have been sent before this call.
 * @throws {ApiError} the API refused; nothing was charged unless the message says otherwise.
 * @throws {ConnectionError} no attempt was answered; the task may have been accepted.
 * @throws {AbortError} as soon as the signal fires.
 */
export async function submitOnce(
  { settings, submitTogether }: TaskContext,
  task: VideoInferenceTask,
  mayBeUsed: boolean,
  options: RequestOptions,
): Promise<void> {
  const { taskUUID } = task;
  const call = { ...options, taskUUID };
  let mayBeAccepted = false;
  const attempt = async () => {
    let wasAmbiguous = mayBeAccepted;
    let reply: Reply | undefined;
    if (!mayBeUsed && !mayBeAccepted) {
      mayBeAccepted = true;
      reply = await submitTogether(task, call);
    }
    if (!reply) {
      if (await isKnown(settings, call, taskUUID)) {
        if (mayBeAccepted) return;
        throw conflict(taskUUID);
      }
      wasAmbiguous = mayBeAccepted;
      mayBeAccepted = true;
      [reply] = await send(settings, call, { tasks: [task] });
    }
    const { status, rows, errors } = reply;
    const isConflict = errors.some(({ code }) => code === 'conflictTaskUUID');
    if (rows.length > 0 || (isConflict && wasAmbiguous)) return;
    // Some runtimes (Deno, Chromium) resend a POST by themselves when a connection is lost.
    if (isConflict && !mayBeUsed && (await isKnown(settings, call, taskUUID))) return;
    const error = isConflict ? conflict(taskUUID) : errorFor(reply, taskUUID);
    mayBeAccepted = wasAmbiguous || (error.retryable && status !== 429);
    throw error;
  };
  try {
    await retrying(settings, call, attempt);
  } catch (error) {
    const isOpen = mayBeAccepted && Sync3Error.is(error) && !AbortError.is(error);
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
  if (reply.rows.length + verdictsOf(reply).length > 0) return true;
  if (reply.isClean || reply.errors.some(({ code }) => /NotFound$/.test(code))) return false;
  throw errorFor(reply, taskUUID);
}

function conflict(taskUUID: string): Sync3Error {
  const errors = [{ code: 'conflictTaskUUID', message: 'The taskUUID is in use', taskUUID }];
  return withAttachHint(errorFor({ status: 400, raw: '', errors }, taskUUID), taskUUID);
}
