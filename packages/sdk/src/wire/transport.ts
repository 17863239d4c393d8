import { ConnectionError, TimeoutError } from '../errors/connection-error.js';
import { Sync3Error } from '../errors/sync3-error.js';
import type { TaskName } from '../hooks.js';
import type { RequestOptions, Settings } from '../options.js';
import { onAbortOrTimeout } from './abort.js';
import {
  connectionFailure,
  isRefusedRedirect,
  redirection,
  redirectStatuses,
} from './connection-failure.js';
import { readAnswer } from './read-answer.js';
import { keyRemover } from './redaction.js';
import { type Replies, readReplies } from './reply.js';
import { requestInit } from './request-init.js';
import { readRetryAfter } from './retry-delay.js';
import { parseJson } from './untrusted-json.js';

/** What a call is about, and how long it may take. */
export interface Call extends RequestOptions {
  /** The job that errors and events name. */
  taskUUID?: string | undefined;
}

/** What one POST carries. */
export interface Request {
  tasks: readonly WireTask[];
  /** Takes the place of the last task's `media`. */
  blob?: Blob | undefined;
  /** Called as bytes of the Blob are sent. */
  onProgress?: ((progress: { sentBytes: number; totalBytes: number }) => void) | undefined;
  /** Whether the API shall only validate and price. */
  isDryRun?: boolean;
}

/** A task as it goes over the wire. */
interface WireTask extends TaskName {
  media?: string;
}

/** One POST, and the patience of its caller. */
interface Attempt {
  controller: AbortController;
  /** Begins the caller's `timeoutMs` anew, with so many ms more. */
  restart?: ((extraMs: number) => void) | undefined;
}

/**
 * Sends one POST and reads the answer to its end, within one deadline for both. That of an upload
 * begins anew as its bytes are taken.
 *
 * @returns what the answer says about each task, in their order.
 * @throws {TimeoutError} after `timeoutMs`.
 * @throws {ConnectionError} when the connection fails.
 * @throws {AbortError} as soon as the caller's signal fires.
 */
export function send(settings: Settings, call: Call, request: Request): Promise<Replies> {
  const attempt: Attempt = { controller: new AbortController() };
  const onTaken = (extraMs: number) => attempt.restart?.(extraMs);
  const work = exchange(settings, request, attempt.controller, onTaken);
  return within(settings, call, work, attempt);
}

/**
 * Waits for an exchange on behalf of one caller: until its deadline, or its signal. Every error
 * names its job.
 *
 * @param own is aborted when the caller leaves.
 */
export function within(
  { url, timeoutMs: patience }: Settings,
  { signal, taskUUID, timeoutMs = patience }: Call,
  work: Promise<Replies>,
  own?: Attempt,
): Promise<Replies> {
  return new Promise((resolve, reject) => {
    let leave = () => {};
    const end = () => {
      leave();
      if (own) own.restart = undefined;
    };
    const start = (extraMs: number, since = '') => {
      leave();
      const ms = Math.round(timeoutMs + extraMs);
      leave = onAbortOrTimeout(
        (
          error: Error = new TimeoutError(`${url} gave no answer within ${ms} ms${since}.`, {
            taskUUID,
            mayBeAccepted: true,
          }),
        ) => {
          end();
          reject(error);
          own?.controller.abort(error);
        },
        signal,
        taskUUID,
        ms,
      );
    };
    if (own) own.restart = (extraMs) => start(extraMs, ' after it last took bytes of the file');
    start(0);
    work.finally(end).then(resolve, (error) => reject(namingJob(error, taskUUID)));
  });
}

/** A copy of an error for one of the jobs that shared a request. */
function namingJob(error: Sync3Error, taskUUID: string | undefined): Sync3Error {
  const { message, summary, cause } = error;
  const Type = ConnectionError.is(error) ? (error.constructor as typeof Sync3Error) : Sync3Error;
  return Object.assign(new Type(message, { ...error, taskUUID, cause }), { summary });
}

/**
 * Sends one POST and reads the answer to its end.
 *
 * @param onTaken called as bytes of an upload are taken, with how much longer than `timeoutMs` it may
 *   take until more are taken or the answer comes, in ms.
 * @throws {Sync3Error} without the API key, and without a job.
 */
export async function exchange(
  settings: Settings,
  request: Request,
  controller: AbortController,
  onTaken: (extraMs: number) => void = () => {},
): Promise<Replies> {
  const { url, emit } = settings;
  let redact = keyRemover('');
  let isSent = false;
  try {
    const apiKey = await settings.apiKey();
    redact = keyRemover(apiKey);
    const tasks = request.tasks.map(({ taskType, taskUUID }) => ({ taskType, taskUUID }));
    emit('onRequest', { url, tasks });
    const startedAt = Date.now();
    const sending = { apiKey, controller, onTaken, support: { isStringifying: false } };
    const post = async () => {
      const init = await requestInit(settings, request, sending);
      isSent = true;
      return settings.fetch(url, init);
    };
    const response = await post().catch((error) => {
      if (sending.support.isStringifying) return post();
      throw error;
    });
    const body = await readAnswer(response, settings.maxResponseBytes);
    // A server may repeat the key that it refuses, and escape it in its JSON.
    const text = redact(JSON.stringify(parseJson(body)) ?? body);
    const { status, headers } = response;
    emit('onResponse', { url, tasks, status, durationMs: Date.now() - startedAt });
    if (redirectStatuses.includes(status)) {
      throw redirection(url, redact(headers.get('Location') ?? ''));
    }
    const retryAfterMs = readRetryAfter(headers.get('Retry-After'));
    return readReplies(text, { status, retryAfterMs }, tasks);
  } catch (thrown) {
    // Why a body failed is not said by every runtime.
    const error = controller.signal.reason ?? thrown;
    if (request.blob && isRefusedRedirect(error)) {
      // Where a redirect leads is not shown to streams. Without the Blob it is, and thrown.
      await exchange(settings, { ...request, blob: undefined }, controller);
    }
    // A runtime may go on reading the body of a request that has failed.
    controller.abort();
    throw Sync3Error.is(error) ? error : connectionFailure(url, error, redact, isSent);
  }
}
