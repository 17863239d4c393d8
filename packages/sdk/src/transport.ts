import { abortable } from './abort.js';
import { type Envelope, type Redact, readEnvelope } from './envelope.js';
import { AbortError } from './errors/abort-error.js';
import { ConnectionError, TimeoutError } from './errors/connection-error.js';
import { Sync3Error } from './errors/sync3-error.js';
import type { Settings } from './options.js';
import { readRetryAfter } from './retry-delay.js';

/** A task as it goes over the wire. */
interface WireTask {
  taskType: string;
  taskUUID: string;
}

/** A request body that is produced while it is sent. */
export interface StreamedBody {
  /** Begins anew at each call, so that an attempt can be repeated. */
  open(): ReadableStream<Uint8Array>;
  /** Bytes. */
  size: number;
}

/** One attempt. */
export interface Attempt {
  /** What is sent, for events and errors. */
  tasks: readonly WireTask[];
  /** In place of the tasks as JSON; the credentials go before them. */
  body?: (credentials: object[]) => StreamedBody;
  /** The job that errors are about. */
  taskUUID?: string | undefined;
  signal?: AbortSignal | undefined;
  /** @default the client's */
  timeoutMs?: number | undefined;
}

/** An answer, read to its end. */
export interface Reply {
  status: number;
  /** `undefined` when the body is not what the API sends. */
  envelope: Envelope | undefined;
  /** The body, without the API key. */
  raw: string;
  redact: Redact;
  /** 0 when the server names no delay. */
  retryAfterMs: number;
}

/**
 * Sends one POST and reads the answer to its end, within one deadline for both.
 *
 * @throws {TimeoutError} after `timeoutMs`.
 * @throws {ConnectionError} when the connection fails.
 * @throws {AbortError} as soon as the caller's signal fires.
 */
export async function send(settings: Settings, attempt: Attempt): Promise<Reply> {
  const { signal, taskUUID, timeoutMs = settings.timeoutMs } = attempt;
  const controller = new AbortController();
  const timer = setTimeout(() => {
    const message = `${settings.url} gave no whole answer within ${timeoutMs} ms.`;
    controller.abort(new TimeoutError(message, { taskUUID, retryable: true }));
  }, timeoutMs);
  const onAbort = () => signal && controller.abort(new AbortError(signal, taskUUID));
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  const key = settings.apiKey();
  try {
    return await abortable(exchange(settings, attempt, key, controller.signal), controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason;
    const redact = redactor(await key.catch(() => ''));
    // `fetch` hides the reason in the cause of its error: ECONNREFUSED, or a file that is gone.
    const { cause = error } = Object(error);
    if (Sync3Error.is(cause)) throw cause;
    const words = `${Object(cause).message ?? cause}`;
    const message = `${settings.url} gave no answer: ${redact(words)}.`;
    const isClean = words === redact(words);
    throw new ConnectionError(message, { taskUUID, retryable: true, cause: isClean && error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

async function exchange(
  { url, auth, emit, fetch, ...settings }: Settings,
  { tasks, body: stream }: Attempt,
  key: Promise<string>,
  signal: AbortSignal,
): Promise<Reply> {
  const apiKey = await key;
  const redact = redactor(apiKey);
  const event = {
    url,
    taskTypes: tasks.map(({ taskType }) => taskType),
    taskUUIDs: tasks.map(({ taskUUID }) => taskUUID),
  };
  const credentials = auth === 'task' ? [{ taskType: 'authentication', apiKey }] : [];
  const body = stream?.(credentials);
  const headers = new Headers(settings.headers);
  headers.set('Content-Type', 'application/json');
  if (auth === 'header') headers.set('Authorization', `Bearer ${apiKey}`);
  if (body) headers.set('Content-Length', `${body.size}`);
  emit('onRequest', event);
  const startedAt = Date.now();
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: body ? body.open() : JSON.stringify([...credentials, ...tasks]),
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
  return {
    status,
    envelope: readEnvelope(text, redact),
    raw: redact(text),
    redact,
    retryAfterMs: readRetryAfter(response.headers.get('Retry-After')),
  };
}

/** Without a key there is nothing to take out. */
function redactor(apiKey: string): Redact {
  return (text) => (apiKey ? text.replaceAll(apiKey, '[API key]') : text);
}
