import { abortable } from './abort.js';
import { type Envelope, type Redact, readEnvelope } from './envelope.js';
import { AbortError } from './errors/abort-error.js';
import { ConnectionError, TimeoutError } from './errors/connection-error.js';
import { longestTimerMs, type Settings } from './options.js';
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
  /** In place of the tasks as JSON. */
  body?: StreamedBody;
  headers?: Record<string, string>;
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
  retryAfterMs: number | undefined;
}

/** Bound on a response body, in bytes: 100 tasks with 20 results each stay far below it. */
const largestBody = 32 * 1024 * 1024;

/**
 * Sends one POST and reads the answer to its end, within one deadline for both.
 *
 * @throws {TimeoutError} after `timeoutMs`.
 * @throws {ConnectionError} when the connection fails or the body is too large.
 * @throws {AbortError} as soon as the caller's signal fires.
 */
export async function send(settings: Settings, attempt: Attempt): Promise<Reply> {
  const { signal, timeoutMs = settings.timeoutMs } = attempt;
  const taskUUID = attempt.tasks.length === 1 ? attempt.tasks[0]?.taskUUID : undefined;
  const apiKey = await settings.apiKey();

  const controller = new AbortController();
  const timer = setTimeout(
    () => {
      const message = `No whole answer came from ${settings.url} within ${timeoutMs} ms.`;
      controller.abort(new TimeoutError(message, { taskUUID, retryable: true }));
    },
    Math.min(timeoutMs, longestTimerMs),
  );
  const onAbort = () => signal && controller.abort(new AbortError(signal, taskUUID));
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    const exchanged = exchange(settings, attempt, apiKey, controller.signal);
    return await abortable(exchanged, controller.signal, ({ reason }) => reason);
  } catch (cause) {
    if (controller.signal.aborted) throw controller.signal.reason;
    const message = `No answer came from ${settings.url}: ${describe(cause)}.`;
    throw new ConnectionError(message, { taskUUID, retryable: true, cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

async function exchange(
  settings: Settings,
  { tasks, body, headers }: Attempt,
  apiKey: string,
  signal: AbortSignal,
): Promise<Reply> {
  const { url, auth, emit } = settings;
  const event = {
    url,
    taskTypes: tasks.map(({ taskType }) => taskType),
    taskUUIDs: tasks.map(({ taskUUID }) => taskUUID),
  };
  emit('onRequest', event);
  const startedAt = Date.now();
  const credentials = auth === 'task' ? [{ taskType: 'authentication', apiKey }] : [];
  const response = await settings.fetch(url, {
    method: 'POST',
    headers: {
      ...settings.headers,
      ...headers,
      'Content-Type': 'application/json',
      ...(auth === 'header' && { Authorization: `Bearer ${apiKey}` }),
      ...(body && { 'Content-Length': `${body.size}` }),
    },
    body: body ? body.open() : JSON.stringify([...credentials, ...tasks]),
    ...(body && { duplex: 'half' }),
    // Frameworks patch `fetch` to cache: a cached poll would never see its task finish.
    cache: 'no-store',
    // The key must not follow a redirect.
    redirect: 'manual',
    signal,
  });
  const text = await readText(response);
  const redact: Redact = (words) => words.replaceAll(apiKey, '[API key]');
  emit('onResponse', { ...event, status: response.status, durationMs: Date.now() - startedAt });
  return {
    status: response.status,
    envelope: readEnvelope(text, redact),
    raw: redact(text),
    redact,
    retryAfterMs: readRetryAfter(response.headers.get('Retry-After')),
  };
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > largestBody) {
      await reader.cancel();
      throw new Error(`the body is larger than ${largestBody} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** `fetch` hides the reason, such as ECONNREFUSED, in the cause of its error. */
function describe(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  return cause?.message || message || String(error);
}
