import { ask } from './ask.js';
import { Sync3Error } from './errors/sync3-error.js';
import type { RequestOptions, Settings } from './options.js';
import { isMediaReference } from './rules/media-reference.js';
import type { Request } from './transport.js';

/** A file that the API has stored. */
export interface StoredMedia {
  /** Stands for the file wherever an input is asked for. */
  mediaUUID: string;
  /** Where the file can be fetched; `''` when the API gave no URL. */
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
   * @throws {Sync3Error} the Blob is empty, or its file has changed; the text is no URL.
   * @throws {ApiError} the API refused the file.
   * @throws {ConnectionError} no attempt was answered.
   * @throws {AbortError} as soon as the signal fires.
   */
  upload(source: Blob | URL | string, options: UploadOptions = {}): Promise<StoredMedia> {
    return store(this.#settings, 'upload', source, options);
  }

  /**
   * Removes a stored file.
   *
   * @throws {ApiError} the API refused, or does not know the file; so it is, too, when the answer to
   *   an earlier attempt of this call was lost.
   * @throws {ConnectionError} no attempt was answered.
   * @throws {AbortError} as soon as the signal fires.
   */
  async delete(mediaUUID: string, options: RequestOptions = {}): Promise<void> {
    await store(this.#settings, 'delete', mediaUUID, options);
  }
}

/**
 * @param jobUUID the job that the file is for, which errors then name.
 */
export async function store(
  settings: Settings,
  operation: 'upload' | 'delete',
  source: Blob | URL | string,
  options: UploadOptions,
  jobUUID?: string,
): Promise<StoredMedia> {
  const blob = source instanceof Blob && source;
  const media = blob ? '' : `${source}`;
  if (!(blob ? blob.size : isMediaReference(media))) {
    throw new Sync3Error('The file is empty, or no URL.');
  }
  // A minute is enough for a question, not for a file: a second more for each 100 kB.
  const patience = settings.timeoutMs + (blob ? blob.size / 100 : 0);
  const call = { ...options, taskUUID: jobUUID, timeoutMs: options.timeoutMs ?? patience };
  const requestOf = (): Request => {
    // A new UUID each time: a lost answer would leave a conflict instead of a mediaUUID.
    const task = { taskType: 'mediaStorage', taskUUID: crypto.randomUUID(), operation };
    return { tasks: [{ ...task, media }], blob, onProgress: options.onProgress };
  };
  return ask(settings, call, requestOf, ({ rows }) => {
    const { mediaUUID, mediaURL } = rows[0] ?? {};
    return typeof mediaUUID === 'string' ? { mediaUUID, mediaURL: `${mediaURL ?? ''}` } : undefined;
  });
}
