import { delay } from './abort.js';
import { streamBase64 } from './base64-stream.js';
import { apiErrorFor } from './errors/api-error-for.js';
import { ConnectionError } from './errors/connection-error.js';
import { Sync3Error } from './errors/sync3-error.js';
import type { Settings } from './options.js';
import { repliesFor } from './reply-rows.js';
import { retryDelay } from './retry-delay.js';
import type { RequestOptions } from './submit.js';
import { type Attempt, type Reply, send } from './transport.js';

/** A file that the API has stored. */
export interface StoredMedia {
  /** Stands for the file wherever an input is asked for. */
  mediaUUID: string;
  mediaURL: string;
}

/** How a file is uploaded. */
export interface UploadOptions extends RequestOptions {
  /** Called as bytes of the file are handed to the network. Begins anew when the upload is retried. */
  onProgress?: ((progress: { sentBytes: number; totalBytes: number }) => void) | undefined;
}

/** Files in Runware's media storage (`mediaStorage` tasks). */
export class Media {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * Stores a file for use as an input. A `Blob` is encoded while it is sent, in constant memory; a
   * URL is fetched by the API. Storing is free, so a failed attempt is simply repeated.
   *
   * @throws {ApiError} the API refused the file.
   * @throws {ConnectionError} no attempt was answered.
   * @throws {AbortError} as soon as the signal fires.
   */
  async upload(source: Blob | URL | string, options: UploadOptions = {}): Promise<StoredMedia> {
    if (source instanceof Blob && source.size === 0) {
      throw new Sync3Error('The file to upload is empty.');
    }
    for (let retry = 0; ; retry++) {
      const taskUUID = crypto.randomUUID();
      const failure = await this.#attempt(source, taskUUID, options);
      if ('mediaUUID' in failure) return failure;
      const { error, retryAfterMs } = failure;
      if (!error.retryable || retry >= this.#settings.maxRetries) throw error;
      const delayMs = retryDelay(retry, retryAfterMs);
      this.#settings.emit('onRetry', { taskUUID, retry: retry + 1, delayMs, error });
      await delay(delayMs, options.signal);
    }
  }

  async #attempt(
    source: Blob | URL | string,
    taskUUID: string,
    options: UploadOptions,
  ): Promise<StoredMedia | { error: Sync3Error; retryAfterMs?: number | undefined }> {
    let reply: Reply;
    try {
      reply = await send(this.#settings, await uploadOf(this.#settings, source, taskUUID, options));
    } catch (error) {
      if (!ConnectionError.is<ConnectionError>(error)) throw error;
      return { error };
    }
    const { status, raw, retryAfterMs } = reply;
    const { rows, errors } = repliesFor(reply, taskUUID, true);
    const { mediaUUID, mediaURL } = rows[0] ?? {};
    if (typeof mediaUUID === 'string') {
      return { mediaUUID, mediaURL: typeof mediaURL === 'string' ? mediaURL : '' };
    }
    if (status < 300 && errors.length === 0) {
      const message = `The answer to the upload (HTTP ${status}) holds no mediaUUID.`;
      return { error: new ConnectionError(message, { taskUUID, retryable: true }), retryAfterMs };
    }
    return { error: apiErrorFor({ status, errors, raw, taskUUID }), retryAfterMs };
  }
}

/** Stands where the content goes while the JSON around it is written. */
const placeholder = '@content@';

async function uploadOf(
  settings: Settings,
  source: Blob | URL | string,
  taskUUID: string,
  { signal, timeoutMs, onProgress }: UploadOptions,
): Promise<Attempt> {
  const isBlob = source instanceof Blob;
  const task = {
    taskType: 'mediaStorage',
    taskUUID,
    operation: 'upload',
    media: isBlob ? placeholder : String(source),
  };
  if (!isBlob) return { tasks: [task], signal, timeoutMs };

  const credentials =
    settings.auth === 'task'
      ? [{ taskType: 'authentication', apiKey: await settings.apiKey() }]
      : [];
  const json = JSON.stringify([...credentials, task]);
  const [before = '', after = ''] = json.split(placeholder);
  const type = source.type || 'application/octet-stream';
  const body = streamBase64(source, `${before}data:${type};base64,`, after, onProgress);
  // A minute is enough for a question, not for a file: a second more for each 100 kB.
  const patience = settings.timeoutMs + source.size / 100;
  return { tasks: [task], body, signal, timeoutMs: timeoutMs ?? patience };
}
