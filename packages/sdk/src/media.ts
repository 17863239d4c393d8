import { streamBase64 } from './base64-stream.js';

import { ConnectionError } from './errors/connection-error.js';
import { errorFor } from './errors/error-for.js';
import { Sync3Error } from './errors/sync3-error.js';
import type { RequestOptions, Settings } from './options.js';
import { repliesFor } from './reply-rows.js';
import { type Attempted, retrying } from './retry.js';
import { type Attempt, send } from './transport.js';

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
   * @throws {Sync3Error} the Blob is empty, or its file has changed.
   * @throws {ApiError} the API refused the file.
   * @throws {ConnectionError} no attempt was answered.
   * @throws {AbortError} as soon as the signal fires.
   */
  upload(source: Blob | URL | string, options: UploadOptions = {}): Promise<StoredMedia> {
    return upload(this.#settings, source, options);
  }
}

/**
 * @param jobUUID the job that the file is for, which errors then name.
 */
export async function upload(
  settings: Settings,
  source: Blob | URL | string,
  options: UploadOptions,
  jobUUID?: string,
): Promise<StoredMedia> {
  if (source instanceof Blob && !source.size) throw new Sync3Error('The file to upload is empty.');
  return retrying(settings, jobUUID, options.signal, async () => {
    // A new one each time: a lost answer would leave a conflict instead of a mediaUUID.
    const attempt = uploadOf(settings, source, crypto.randomUUID(), options);
    return store(settings, { ...attempt, taskUUID: jobUUID });
  });
}

async function store(settings: Settings, attempt: Attempt): Promise<Attempted<StoredMedia>> {
  try {
    const reply = await send(settings, attempt);
    const { rows, errors } = repliesFor(reply, attempt.tasks[0]?.taskUUID ?? '', true);
    const { mediaUUID, mediaURL } = rows[0] ?? {};
    if (typeof mediaUUID === 'string') {
      return { value: { mediaUUID, mediaURL: typeof mediaURL === 'string' ? mediaURL : '' } };
    }
    const error = errorFor(reply, errors, attempt.taskUUID);
    return { error, isFinal: !error.retryable, retryAfterMs: reply.retryAfterMs };
  } catch (error) {
    if (!ConnectionError.is<ConnectionError>(error)) throw error;
    return { error, isFinal: false, retryAfterMs: 0 };
  }
}

function uploadOf(
  settings: Settings,
  source: Blob | URL | string,
  taskUUID: string,
  { signal, timeoutMs, onProgress }: UploadOptions,
): Attempt {
  const task = { taskType: 'mediaStorage', taskUUID, operation: 'upload', media: '' };
  if (!(source instanceof Blob)) {
    task.media = `${source}`;
    return { tasks: [task], signal, timeoutMs };
  }
  // Parameters of a type, such as `codecs="vp9,opus"`, would end a data URI.
  const [type] = source.type.split(';');
  const prefix = `data:${type || 'application/octet-stream'};base64,`;
  const body = (credentials: object[]) => {
    const json = JSON.stringify([...credentials, task]);
    // The content goes between the last two quotation marks.
    return streamBase64(source, json.slice(0, -3) + prefix, json.slice(-3), (progress) =>
      settings.emit('onProgress', progress, onProgress),
    );
  };
  // A minute is enough for a question, not for a file: a second more for each 100 kB.
  const patience = settings.timeoutMs + source.size / 100;
  return { tasks: [task], body, signal, timeoutMs: timeoutMs ?? patience };
}
