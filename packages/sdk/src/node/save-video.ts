import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Sync3Error } from '../errors/sync3-error.js';
import { numbersWithDefaults } from '../options.js';
import type { Video } from '../results.js';
import { throwIfAborted } from '../wire/abort.js';
import { Download, type DownloadSettings } from './download.js';

/** How a video is downloaded. */
export interface DownloadOptions {
  /** Ends the download at once and removes what was written. */
  signal?: AbortSignal | undefined;
  /** Longest silence of the host, in ms, at least 1. @default 60_000 */
  timeoutMs?: number | undefined;
  /** Bound on the whole download with all its connections, in ms, at least 1. @default none */
  totalTimeoutMs?: number | undefined;
  /** The largest file that is taken, in bytes, at least 1. @default 20 GiB */
  maxBytes?: number | undefined;
  /**
   * Whether a download that began at a public host may be redirected to this machine, a private or a
   * link-local address. A download that began at one always may. @default false
   */
  allowPrivateRedirects?: boolean | undefined;
  /**
   * Told after each piece. `totalBytes` is absent when the host does not say. `receivedBytes` grows
   * over interruptions, too; it falls only when the host has no rest to give, and the file comes anew
   * from its beginning. What it throws ends the download.
   */
  onProgress?: ((progress: { receivedBytes: number; totalBytes?: number }) => void) | undefined;
  /**
   * Stands in for Node's HTTP client, as a `fetch` that goes through a proxy does. It is told not to
   * follow redirects (`redirect: 'manual'`), which are followed here.
   */
  fetch?: typeof globalThis.fetch | undefined;
}

/**
 * Downloads a video to a file. The file appears under its name when it is complete and begins as a
 * video does (MP4, MOV or WebM), never before; a file of that name is replaced. No header of the
 * API's, and so no API key, goes to the host.
 *
 * When the connection breaks in the middle, only the rest is asked for, up to eight times, from a host
 * that names the version of the file (a strong `ETag`, or `Last-Modified`) and sends ranges.
 *
 * @param video a video of a result, or anything that holds its `url`.
 * @param path where to put it; the folder must exist.
 * @returns the size of the file in bytes.
 * @throws {Sync3Error} the video has no URL (`noVideoURL`), an option is below its minimum
 *   (`invalidOption`), or the file cannot be written (`fileNotWritten`).
 * @throws {ConnectionError} the download failed, stopped short or was empty, or what came is no video
 *   (`notAVideo`); call again. Not `retryable`: the host refuses the URL (`urlRefused`: ask for a
 *   fresh one), the file is longer than `maxBytes` (`videoTooLarge`), or a redirect leads to a private
 *   address (`privateRedirect`).
 * @throws {TimeoutError} the host was silent for `timeoutMs`, or `totalTimeoutMs` is over.
 * @throws {AbortError} as soon as the signal fires.
 */
export async function saveVideo(
  video: Pick<Video, 'url'> & Partial<Pick<Video, 'taskUUID'>>,
  path: string,
  options: DownloadOptions = {},
): Promise<number> {
  const settings = readSettings(video, options);
  const { taskUUID, signal } = settings;
  const cannotWrite = (cause: unknown) => {
    throw notWritten(path, cause, taskUUID);
  };
  if (typeof path !== 'string' || !path || path.includes('\0')) cannotWrite('it is not a path');
  throwIfAborted(signal, taskUUID);

  const partial = join(dirname(path), `.${randomUUID()}.part`);
  // For appending, so that what follows a truncation begins at 0.
  const handle = await open(partial, 'ax').catch(cannotWrite);
  try {
    const size = await new Download(settings, {
      append: (bytes) => handle.writeFile(bytes).catch(cannotWrite),
      clear: () => handle.truncate(0).catch(cannotWrite),
    }).run();
    await handle
      .sync()
      .then(() => handle.close())
      .then(() => rename(partial, path))
      .catch(cannotWrite);
    return size;
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(partial, { force: true });
    throw error;
  }
}

const defaultMaxBytes = 20 * 2 ** 30;

function readSettings(video: Partial<Video>, options: DownloadOptions): DownloadSettings {
  const { url, taskUUID }: Partial<Video> = Object(video);
  if (typeof url !== 'string' || !/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new Sync3Error('The video has no URL to download from.', {
      taskUUID,
      code: 'noVideoURL',
      advice: 'Give a video of a result, such as result.videos[0].',
    });
  }
  const { signal, onProgress, fetch, allowPrivateRedirects = false } = options;
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  // Larger than the numbers of `numbersWithDefaults` may be.
  if (!(maxBytes >= 1)) {
    throw new Sync3Error(`maxBytes must be at least 1, not ${maxBytes}.`, {
      code: 'invalidOption',
    });
  }
  const times = numbersWithDefaults(
    { timeoutMs: 60_000, totalTimeoutMs: Number.POSITIVE_INFINITY },
    options,
  );
  return { url, taskUUID, signal, onProgress, fetch, allowPrivateRedirects, maxBytes, ...times };
}

/** Names the file that was asked for; what Node says names the temporary one. */
function notWritten(path: string, cause: unknown, taskUUID: string | undefined): Sync3Error {
  const said = cause instanceof Error ? cause.message : String(cause);
  const [reason] = /^[A-Z]+: [^,]+/.exec(said) ?? [said];
  return new Sync3Error(`Cannot write "${String(path)}": ${reason}.`, {
    taskUUID,
    code: 'fileNotWritten',
    advice: 'Check that its folder exists, has room and may be written to.',
    cause,
  });
}
