import type { ErrorDetail, VideoInferenceTask } from '@sync3/generated';
import { delay } from './abort.js';
import { AbortError } from './errors/abort-error.js';
import type { ApiError } from './errors/api-error.js';
import { apiErrorFor } from './errors/api-error-for.js';
import { ConnectionError } from './errors/connection-error.js';
import type { Sync3Error } from './errors/sync3-error.js';
import type { Settings } from './options.js';
import { repliesFor } from './reply-rows.js';
import { retryDelay } from './retry-delay.js';
import { type Reply, send } from './transport.js';

/** Called with what is about to be submitted; awaited before the first byte. */
export type BeforeSubmit = (submission: {
  taskUUID: string;
  /** The task exactly as it will be sent. */
  task: VideoInferenceTask;
}) => void | Promise<void>;

/** What a call may say about its requests. */
export interface RequestOptions {
  /** Ends the call at once. */
  signal?: AbortSignal | undefined;
  /** Bound on one attempt, in ms. @default the client's `timeoutMs` */
  timeoutMs?: number | undefined;
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
 * @throws {ApiError} the API refused; nothing was charged unless the message says otherwise.
 * @throws {ConnectionError} no attempt was answered; the task may have been accepted.
 * @throws {AbortError} as soon as the signal fires.
 */
export async function submitOnce(
  settings: Settings,
  task: VideoInferenceTask,
  { signal, timeoutMs }: RequestOptions,
): Promise<void> {
  const { taskUUID } = task;
  let mayBeAccepted = false;
  for (let retry = 0; ; retry++) {
    const outcome = await attempt(settings, task, signal, timeoutMs);
    if (outcome.kind === 'accepted') return;
    if (outcome.kind === 'conflict' && mayBeAccepted) return;
    if (
      outcome.kind === 'refused' &&
      mayBeAccepted &&
      (await isKnown(settings, taskUUID, signal))
    ) {
      return;
    }
    const isFinal = outcome.kind === 'conflict' || outcome.kind === 'refused';
    mayBeAccepted ||= outcome.kind === 'ambiguous';
    if (isFinal || retry >= settings.maxRetries) {
      throw mayBeAccepted ? withAttachAdvice(outcome.error, taskUUID) : outcome.error;
    }
    const delayMs = retryDelay(retry, outcome.retryAfterMs);
    settings.emit('onRetry', { taskUUID, retry: retry + 1, delayMs, error: outcome.error });
    await delay(delayMs, signal, taskUUID);
  }
}

type Outcome =
  | { kind: 'accepted' }
  /** `conflict`: the UUID is in use. `refused`: never accepted, and a retry will not help. */
  | { kind: 'conflict' | 'refused'; error: ApiError; retryAfterMs?: undefined }
  /** `ambiguous`: it may have been accepted. `busy`: it was not, and a retry may help. */
  | { kind: 'ambiguous' | 'busy'; error: Sync3Error; retryAfterMs: number | undefined };

async function attempt(
  settings: Settings,
  task: VideoInferenceTask,
  signal: AbortSignal | undefined,
  timeoutMs: number | undefined,
): Promise<Outcome> {
  let reply: Reply;
  try {
    reply = await send(settings, { tasks: [task], signal, timeoutMs });
  } catch (error) {
    if (!ConnectionError.is<ConnectionError>(error)) throw error;
    return { kind: 'ambiguous', error, retryAfterMs: undefined };
  }
  return judge(reply, task.taskUUID);
}

function judge(reply: Reply, taskUUID: string): Outcome {
  const { status, raw, retryAfterMs } = reply;
  const { rows, errors } = repliesFor(reply, taskUUID, true);
  if (rows.length > 0) return { kind: 'accepted' };

  if (errors.some(({ code }) => code === 'conflictTaskUUID')) {
    const advice = `The taskUUID ${taskUUID} is in use. If the job is yours, get its results with tasks.attach('${taskUUID}'); for a new job take a new UUID.`;
    return { kind: 'conflict', error: apiErrorFor({ status, errors, raw, taskUUID, advice }) };
  }
  const error = apiErrorFor({ status, errors, raw, taskUUID });
  if (status === 429) return { kind: 'busy', error, retryAfterMs };
  if (status >= 400 && status < 500 && status !== 408) return { kind: 'refused', error };
  if (status >= 500 || errors.some(isServerFault))
    return { kind: 'ambiguous', error, retryAfterMs };
  if (errors.length > 0) {
    return errors.every(isBusy)
      ? { kind: 'busy', error, retryAfterMs }
      : { kind: 'refused', error };
  }
  const message = `The answer (HTTP ${status}) does not say whether task ${taskUUID} was accepted.`;
  return {
    kind: 'ambiguous',
    error: new ConnectionError(message, { taskUUID, retryable: true }),
    retryAfterMs,
  };
}

// The codes of these two are those of the official SDK's classes `rateLimit`, `serverError` and
// `timeout` (Runware/runware-typescript 4132dc6, errors.ts).

function isServerFault({ code }: ErrorDetail): boolean {
  return /timeout|ServerError$|Unavailable$|^(standard|unknown|undefined|default)Error$/i.test(
    code,
  );
}

function isBusy({ code }: ErrorDetail): boolean {
  return /RateLimitExceeded$/i.test(code);
}

/** Whether the API knows the task: the last word on a submit whose answers contradict each other. */
async function isKnown(
  settings: Settings,
  taskUUID: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const reply = await send(settings, { tasks: [{ taskType: 'getResponse', taskUUID }], signal });
    return repliesFor(reply, taskUUID, true).rows.length > 0;
  } catch (error) {
    if (AbortError.is(error)) throw error;
    return false;
  }
}

/** Not `retryable`: a careless second call would take a new UUID, and pay a second time. */
function withAttachAdvice(error: Sync3Error, taskUUID: string): Sync3Error {
  const advice = `An attempt may have been accepted and charged: ask with tasks.attach('${taskUUID}') before you submit the job again.`;
  return Object.assign(error, { retryable: false, message: `${error.message} ${advice}` });
}
