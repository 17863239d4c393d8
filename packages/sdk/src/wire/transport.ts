import { type RequestBody, runSync3 } from '@sync3/generated';
import type { Client } from '@sync3/generated/client';
import { ConnectionError, TimeoutError } from '../errors/connection-error.js';
import { Sync3Error } from '../errors/sync3-error.js';
import type { RequestOptions, Settings } from '../options.js';
import { onAbortOrTimeout } from './abort.js';
import {
  connectionFailure,
  isRefusedRedirect,
  redirection,
  redirectStatuses,
} from './connection-failure.js';
import { type Attempt, newAttempt, type Posting } from './posting.js';
import { readAnswer } from './read-answer.js';
import type { Redact } from './redaction.js';
import { type Replies, readReplies } from './reply.js';
import { type Operation, requestInit } from './request-init.js';
import { readRetryAfter } from './retry-delay.js';

/** What a call is about, and how long it may take. */
export interface Call extends RequestOptions {
  /** The job that errors and events name. */
  taskUUID?: string | undefined;
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
export function send(settings: Settings, call: Call, posting: Posting): Promise<Replies> {
  const attempt = newAttempt();
  return within(settings, call, post(settings, posting, attempt), attempt);
}

/**
 * Waits for a POST on behalf of one caller: until its deadline, or its signal. Every error names its
 * job.
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
 * Calls the operation of the document, with a client that keeps the key from redirects, streams a
 * Blob, and reads the answer to its end or its bound. Method, content type and security scheme are the
 * document's. So is its path, in the default of `baseUrl`: one of the caller's is a whole address.
 *
 * @throws {Sync3Error} without the API key, and without a job.
 */
export async function post(
  settings: Settings,
  posting: Posting,
  attempt: Attempt,
): Promise<Replies> {
  const { url, emit } = settings;
  const { controller } = attempt;
  let redact: Redact = (text) => text;
  let isSent = false;
  try {
    const apiKey = await settings.apiKey();
    redact = settings.removerOf(apiKey);
    const tasks = posting.tasks.map(({ taskType, taskUUID }) => ({ taskType, taskUUID }));
    emit('onRequest', { url, tasks });
    const startedAt = Date.now();
    // Of a client, an operation calls its own method and nothing else.
    const client = {
      async post(operation: Operation) {
        const init = await requestInit(settings, posting, operation, apiKey, attempt);
        isSent = true;
        return { response: await settings.fetch(url, init) };
      },
    } as unknown as Client;
    const call = () =>
      runSync3({
        client,
        body: posting.tasks as RequestBody,
        headers: posting.isDryRun ? { 'X-Runware-Dry-Run': '1' } : {},
      });
    const { response } = await call().catch((error) => {
      if (attempt.isStringifying) return call();
      throw error;
    });
    const body = await readAnswer(response as Response, settings.maxResponseBytes);
    const { status, headers } = response as Response;
    emit('onResponse', { url, tasks, status, durationMs: Date.now() - startedAt });
    if (redirectStatuses.includes(status)) {
      throw redirection(url, redact(headers.get('Location') ?? ''));
    }
    const retryAfterMs = readRetryAfter(headers.get('Retry-After'));
    return readReplies(body, redact, { status, retryAfterMs }, tasks);
  } catch (thrown) {
    // Why a body failed is not said by every runtime.
    const error = controller.signal.reason ?? thrown;
    if (posting.blob && isRefusedRedirect(error)) {
      // Where a redirect leads is not shown to streams. Without the Blob it is, and thrown.
      await post(settings, { ...posting, blob: undefined }, attempt);
    }
    // A runtime may go on reading the body of a request that has failed.
    controller.abort();
    throw Sync3Error.is(error) ? error : connectionFailure(url, error, redact, isSent);
  }
}
