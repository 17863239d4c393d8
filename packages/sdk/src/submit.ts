import type { ErrorDetail, VideoInferenceTask } from '@sync3/generated';
import { attachHint } from './attach-hint.js';
import { ConnectionError } from './errors/connection-error.js';
import { errorFor } from './errors/error-for.js';
import type { Sync3Error } from './errors/sync3-error.js';
import type { RequestOptions, Settings } from './options.js';
import { isPassing, isVerdict, repliesFor } from './reply-rows.js';
import { retrying } from './retry.js';
import { type Reply, send } from './transport.js';

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
  settings: Settings,
  task: VideoInferenceTask,
  mayBeUsed: boolean,
  { signal, timeoutMs }: RequestOptions,
): Promise<void> {
  const { taskUUID } = task;
  const attempt = { taskUUID, signal, timeoutMs };
  let mayBeAccepted = false;
  await retrying(settings, taskUUID, signal, async () => {
    let verdict: Verdict;
    let isSent = false;
    try {
      const question = { taskType: 'getResponse', taskUUID };
      if (
        (mayBeUsed || mayBeAccepted) &&
        isKnown(await send(settings, { ...attempt, tasks: [question] }), taskUUID)
      ) {
        verdict = { kind: 'conflict', error: conflict(taskUUID) };
      } else {
        isSent = true;
        verdict = judge(await send(settings, { ...attempt, tasks: [task] }), taskUUID);
      }
    } catch (error) {
      if (!ConnectionError.is<ConnectionError>(error)) throw error;
      verdict = { kind: isSent ? 'ambiguous' : 'busy', error };
    }
    const { kind, error, retryAfterMs = 0 } = verdict;
    if (!error || (kind === 'conflict' && mayBeAccepted)) return { value: undefined };
    mayBeAccepted ||= kind === 'ambiguous';
    return {
      error: mayBeAccepted ? withAttachHint(error, taskUUID) : error,
      isFinal: kind === 'conflict' || kind === 'refused',
      retryAfterMs,
    };
  });
}

interface Verdict {
  /**
   * `conflict`: the UUID is in use. `refused`: not accepted, and a retry will not help. `busy`: not
   * accepted, and a retry may help. `ambiguous`: it may have been accepted.
   */
  kind: 'accepted' | 'conflict' | 'refused' | 'busy' | 'ambiguous';
  error?: Sync3Error;
  retryAfterMs?: number;
}

function judge(reply: Reply, taskUUID: string): Verdict {
  const { status, retryAfterMs } = reply;
  const { rows, errors } = repliesFor(reply, taskUUID, true);
  if (rows.length > 0) return { kind: 'accepted' };
  if (errors.some(({ code }) => code === 'conflictTaskUUID')) {
    return { kind: 'conflict', error: conflict(taskUUID) };
  }
  const error = errorFor(reply, errors, taskUUID);
  const isRefusal = errors.length > 0 || (status >= 400 && status < 500);
  const isAmbiguous = status >= 500 || status === 408 || !isRefusal || errors.some(isOpen);
  const kind = status === 429 ? 'busy' : isAmbiguous ? 'ambiguous' : 'refused';
  return { kind, error, retryAfterMs };
}

/** Whether an error leaves it open what became of the task. */
function isOpen({ code }: ErrorDetail): boolean {
  return isPassing(code) || /timeout|^(standard|unknown|undefined|default)Error$/i.test(code);
}

/** Whether the API has heard of the task. */
function isKnown(reply: Reply, taskUUID: string): boolean {
  const { rows, errors } = repliesFor(reply, taskUUID, true);
  return rows.length > 0 || errors.some((error) => isVerdict(reply.status, error, taskUUID));
}

function conflict(taskUUID: string): Sync3Error {
  const error = { code: 'conflictTaskUUID', message: 'The taskUUID is in use', taskUUID };
  return errorFor({ status: 400, raw: '' }, [error], taskUUID, attachHint(taskUUID));
}

/** Not `retryable`: a careless second call would take a new UUID, and pay a second time. */
function withAttachHint(error: Sync3Error, taskUUID: string): Sync3Error {
  const message = `${error.message} ${attachHint(taskUUID)}`;
  return Object.assign(error, { retryable: false, message });
}
