import { isMediaReference, isUuid } from '@sync3/generated/rules';
import { Sync3Error } from '../errors/sync3-error.js';
import type { RequestOptions, Settings } from '../options.js';
import { ask } from '../tasks/ask.js';
import { randomUUID } from '../tasks/random-uuid.js';
import type { Posting } from '../wire/posting.js';
import type { Call } from '../wire/transport.js';

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
   * An upload lives as long as its bytes are taken: `timeoutMs` bounds the time until more are taken,
   * and then until the answer comes. Where the whole file is held in memory (browsers, and a `fetch`
   * that takes no streams), it bounds the attempt, with a second more for each 100 kB.
   *
   * @throws {Sync3Error} by its `code`: `emptyFile` the Blob is empty, `invalidMedia` neither a Blob
   *   nor a URL, `unreadableFile` the Blob cannot be read.
   * @throws {ApiError} the API refused the file.
   * @throws {ConnectionError} no attempt was answered.
   * @throws {AbortError} as soon as the signal fires.
   */
  upload(source: Blob | URL | string, options: UploadOptions = {}): Promise<StoredMedia> {
    return upload(this.#settings, source, options);
  }

  /**
   * Removes a stored file.
   *
   * @throws {Sync3Error} `invalidMediaUUID`: the text is not a UUID.
   * @throws {ApiError} the API refused, or does not know the file; so it is, too, when the answer to
   *   an earlier attempt of this call was lost.
   * @throws {ConnectionError} no attempt was answered.
   * @throws {AbortError} as soon as the signal fires.
   */
  async delete(mediaUUID: string, options: RequestOptions = {}): Promise<void> {
    if (typeof mediaUUID !== 'string' || !isUuid(mediaUUID)) {
      throw mediaError(
        'What to delete is not a mediaUUID, as upload gives it.',
        'invalidMediaUUID',
      );
    }
    await askStorage(this.#settings, options, 'delete', mediaUUID);
  }
}

/**
 * Stores a file.
 *
 * @param jobUUID the job that the file is for, which errors then name.
 */
export async function upload(
  settings: Settings,
  source: Blob | URL | string,
  options: UploadOptions,
  jobUUID?: string,
): Promise<StoredMedia> {
  const call = { ...options, taskUUID: jobUUID };
  if (source instanceof Blob) {
    if (source.size > 0) return askStorage(settings, call, 'upload', '', source);
    throw mediaError('The Blob is empty: there is nothing to upload.', 'emptyFile', jobUUID);
  }
  // An object of any other kind may have no `toString`.
  const media = source instanceof URL ? source.href : source;
  if (typeof media === 'string' && isMediaReference(media)) {
    return askStorage(settings, call, 'upload', media);
  }
  const message =
    'What to upload is neither a Blob nor a URL; file(path) of @sync3/sdk/node makes a Blob of a file.';
  throw mediaError(message, 'invalidMedia', jobUUID);
}

function mediaError(message: string, code: string, taskUUID?: string): Sync3Error {
  return new Sync3Error(message, { code, taskUUID });
}

/** Sends a `mediaStorage` task. */
function askStorage(
  settings: Settings,
  call: Call & UploadOptions,
  operation: 'upload' | 'delete',
  media: string,
  blob?: Blob,
): Promise<StoredMedia> {
  const postingOf = (): Posting => {
    // A new UUID each time: a lost answer would leave a conflict instead of a mediaUUID.
    const task = { taskType: 'mediaStorage', taskUUID: randomUUID(), operation, media };
    return { tasks: [task], blob, onProgress: call.onProgress };
  };
  return ask(settings, call, postingOf, ({ rows }) => {
    const { mediaUUID, mediaURL } = rows[0] ?? {};
    if (typeof mediaUUID !== 'string') return undefined;
    return { mediaUUID, mediaURL: typeof mediaURL === 'string' ? mediaURL : '' };
  });
}
