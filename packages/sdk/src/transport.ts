import { abortable, limit } from './abort.js';
import { streamBase64 } from './base64-stream.js';
import { ConnectionError, TimeoutError } from './errors/connection-error.js';
import { Sync3Error } from './errors/sync3-error.js';
import type { TaskName } from './hooks.js';
import type { RequestOptions, Settings } from './options.js';
import { type Redact, type Replies, readReplies } from './reply.js';
import { readRetryAfter } from './retry-delay.js';

/** What a call is about, and how long it may take. */
export interface Call extends RequestOptions {
  /** The job that errors and events name. */
  taskUUID?: string | undefined;
}

/** What one POST carries. */
export interface Request {
  tasks: readonly WireTask[];
  /** Takes the place of the last task's `media`. */
  blob?: Blob;
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
export async function send(settings: Settings, call: Call, request: Request): Promise<Replies> {
  const { signal, taskUUID, timeoutMs = settings.timeoutMs } = call;
  const controller = new AbortController();
  const message = `${settings.url} gave no whole answer within ${timeoutMs} ms.`;
  const late = () => new TimeoutError(message, taskUUID);
  const leave = limit((error = late()) => controller.abort(error), signal, taskUUID, timeoutMs);
  let redact: Redact = (text) => text;
  const exchange = async () => {
    const apiKey = await settings.apiKey();
    redact = (text) => text.replaceAll(apiKey, '[API key]');
    return post(settings, request, apiKey, redact, controller.signal);
  };
  try {
    return await abortable(exchange(), controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason;
    // `fetch` hides the reason in the cause of its error: ECONNREFUSED, or a file that is gone.
    const { cause = error } = Object(error);
    if (Sync3Error.is(cause)) throw cause;
    const words = `${Object(cause).message ?? cause}`;
    const message = `${settings.url} gave no answer: ${redact(words)}.`;
    // The cause may hold what its message holds.
    throw new ConnectionError(message, taskUUID, words === redact(words) ? error : undefined);
  } finally {
    leave();
  }
}

async function post(
  { url, auth, emit, fetch, ...settings }: Settings,
  { tasks, blob, onProgress, isDryRun }: Request,
  apiKey: string,
  redact: Redact,
  signal: AbortSignal,
): Promise<Replies> {
  const event = { url, tasks: tasks.map(({ taskType, taskUUID }) => ({ taskType, taskUUID })) };
  const credentials = auth === 'task' ? [{ taskType: 'authentication', apiKey }] : [];
  const json = JSON.stringify([...credentials, ...tasks]);
  const body =
    blob && streamBase64(json, blob, (progress) => emit('onProgress', progress, onProgress));
  const headers = new Headers(settings.headers);
  headers.set('Content-Type', 'application/json');
  if (auth !== 'task') headers.set('Authorization', `Bearer ${apiKey}`);
  if (body) headers.set('Content-Length', `${body.size}`);
  if (isDryRun) headers.set('X-Runware-Dry-Run', '1');
  emit('onRequest', event);
  const startedAt = Date.now();
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: body?.stream ?? json,
    // Frameworks patch `fetch` to cache: a cached poll would never see its task finish.
    cache: 'no-store',
    // The key must not follow a redirect. With 'manual' Node keeps the whole body for a second use.
    redirect: body ? 'error' : 'manual',
    signal,
    ...(body && { duplex: 'half' }),
  });
  const text = await response.text();
  const { status } = response;
  emit('onResponse', { ...event, status, durationMs: Date.now() - startedAt });
  const retryAfterMs = readRetryAfter(response.headers.get('Retry-After'));
  return readReplies(text, { status, retryAfterMs }, tasks, redact);
}
