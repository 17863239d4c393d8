import { onAbortOrTimeout } from './abort.js';
import { streamBase64 } from './base64-stream.js';
import { ConnectionError, TimeoutError } from './errors/connection-error.js';
import { Sync3Error } from './errors/sync3-error.js';
import { failureReason } from './failure-reason.js';
import type { TaskName } from './hooks.js';
import type { RequestOptions, Settings } from './options.js';
import { type Replies, readReplies } from './reply.js';
import { readRetryAfter } from './retry-delay.js';
import { streamingOptions } from './streaming-options.js';
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
  blob?: Blob | false;
  /** Called as bytes of the Blob are sent. */
  onProgress?: ((progress: { sentBytes: number; totalBytes: number }) => void) | undefined;
  /** Whether the API shall only validate and price. */
  isDryRun?: boolean;
}

/** A task as it goes over the wire. */
interface WireTask extends TaskName {
  media?: string;
}

/**
 * Sends one POST and reads the answer to its end, within one deadline for both.
 *
 * @returns what the answer says about each task, in their order.
 * @throws {TimeoutError} after `timeoutMs`.
 * @throws {ConnectionError} when the connection fails.
 * @throws {AbortError} as soon as the caller's signal fires.
 */
export function send(settings: Settings, call: Call, request: Request): Promise<Replies> {
  const controller = new AbortController();
  return within(settings, call, exchange(settings, request, controller), controller);
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
  own?: AbortController,
): Promise<Replies> {
  return new Promise((resolve, reject) => {
    const leave = onAbortOrTimeout(
      (
        error: Error = new TimeoutError(`${url} gave no answer within ${timeoutMs} ms.`, {
          taskUUID,
          mayBeAccepted: true,
        }),
      ) => {
        reject(error);
        own?.abort(error);
      },
      signal,
      taskUUID,
      timeoutMs,
    );
    work.finally(leave).then(resolve, (error) => {
      const { message, cause } = error;
      // Nothing was sent, such as without a usable key.
      reject(
        Sync3Error.is(error)
          ? new Sync3Error(message, { taskUUID, cause })
          : new ConnectionError(`${url} gave no answer: ${message}.`, {
              taskUUID,
              mayBeAccepted: true,
            }),
      );
    });
  });
}

/**
 * Sends one POST and reads the answer to its end.
 *
 * @throws {Error} with nothing but the reason: HTTP clients put the request into their errors, and
 *   the key with that.
 */
export async function exchange(
  settings: Settings,
  request: Request,
  controller: AbortController,
): Promise<Replies> {
  const { url, emit } = settings;
  let redact = (text: string) => text;
  try {
    const apiKey = await settings.apiKey();
    // A shorter text, such as a test may use, occurs by chance.
    if (apiKey.length > 5) redact = (text) => text.replaceAll(apiKey, '[API key]');
    const tasks = request.tasks.map(({ taskType, taskUUID }) => ({ taskType, taskUUID }));
    emit('onRequest', { url, tasks });
    const startedAt = Date.now();
    const init = await requestInit(settings, request, apiKey, controller);
    const response = await settings.fetch(url, init);
    const body = await response.text();
    // A server may repeat the key that it refuses, and escape it in its JSON.
    const text = redact(JSON.stringify(parseJson(body)) ?? body);
    const { status } = response;
    emit('onResponse', { url, tasks, status, durationMs: Date.now() - startedAt });
    const retryAfterMs = readRetryAfter(response.headers.get('Retry-After'));
    return readReplies(text, { status, retryAfterMs }, tasks);
  } catch (thrown) {
    // Why a body failed is not said by every runtime.
    const error = controller.signal.reason ?? thrown;
    // A runtime may go on reading the body of a request that has failed.
    controller.abort();
    throw Sync3Error.is(error) ? error : new Error(redact(failureReason(error)));
  }
}

/** The POST, with the key where `auth` wants it. */
async function requestInit(
  { auth, headers: extra, emit }: Settings,
  { tasks, blob, onProgress, isDryRun }: Request,
  apiKey: string,
  controller: AbortController,
): Promise<RequestInit> {
  const credentials = auth === 'task' ? [{ taskType: 'authentication', apiKey }] : [];
  const json = JSON.stringify([...credentials, ...tasks]);
  const headers = new Headers(extra);
  headers.set('Content-Type', 'application/json');
  if (auth !== 'task') headers.set('Authorization', `Bearer ${apiKey}`);
  if (isDryRun) headers.set('X-Runware-Dry-Run', '1');
  const upload =
    blob &&
    streamBase64(json, blob, controller, (progress) => emit('onProgress', progress, onProgress));
  const warn = () => emit('onWarning', { message: 'Uploads are held in memory.' });
  return {
    method: 'POST',
    headers,
    body: json,
    // Frameworks patch `fetch` to cache: a cached poll would never see its task finish.
    cache: 'no-store',
    // The key must not follow a redirect.
    redirect: 'manual',
    signal: controller.signal,
    // Node sends no stream without it; TypeScript does not know it.
    ...{ duplex: 'half' },
    ...(upload && (await streamingOptions(upload, headers, warn))),
  };
}
