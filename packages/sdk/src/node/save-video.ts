import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { abortable, onAbortOrTimeout, throwIfAborted } from '../abort.js';
import { AbortError } from '../errors/abort-error.js';
import { ConnectionError } from '../errors/connection-error.js';
import { Sync3Error } from '../errors/sync3-error.js';
import { numbersWithDefaults } from '../options.js';
import type { Video } from '../task-state.js';
import { type Answer, get } from './get.js';

/** How a video is downloaded. */
export interface DownloadOptions {
  /** Ends the download at once and removes what was written. */
  signal?: AbortSignal | undefined;
  /** Longest silence of the server, in ms. @default 60_000 */
  timeoutMs?: number | undefined;
  /** `totalBytes` is absent when the server does not say. What it throws ends the download. */
  onProgress?: ((progress: { receivedBytes: number; totalBytes?: number }) => void) | undefined;
  /** Stands in for Node's HTTP client, as a `fetch` that goes through a proxy does. */
  fetch?: typeof globalThis.fetch | undefined;
}

/**
 * Downloads a video to a file. The file appears under its name when it is complete, never before; a
 * file of that name is replaced. No header of the API's, and so no API key, goes to the host.
 *
 * @param video a video of a result, or anything that holds its `url`.
 * @param path where to put it; the folder must exist.
 * @returns the size of the file in bytes.
 * @throws {Sync3Error} the video has no URL, `timeoutMs` is below 1, or the file cannot be written.
 * @throws {ConnectionError} the download failed, stopped short or was empty; call again.
 * @throws {AbortError} as soon as the signal fires.
 */
export async function saveVideo(
  video: Pick<Video, 'url'> & Partial<Pick<Video, 'taskUUID'>>,
  path: string,
  options: DownloadOptions = {},
): Promise<number> {
  const { url, taskUUID } = video;
  const { signal } = options;
  if (!/^https?:\/\//i.test(url)) {
    throw new Sync3Error('The video has no URL to download from.', { taskUUID });
  }
  throwIfAborted(signal, taskUUID);

  const partial = join(dirname(path), `.${randomUUID()}.part`);
  const writing = (cause: Error) =>
    new Sync3Error(`Cannot write "${path}": ${cause.message}.`, { taskUUID, cause });
  const handle = await open(partial, 'wx').catch((cause) => {
    throw writing(cause);
  });
  try {
    const size = await download(url, handle, options, taskUUID, writing);
    await handle
      .sync()
      .then(() => handle.close())
      .then(() => rename(partial, path))
      .catch((cause) => {
        throw writing(cause);
      });
    return size;
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(partial, { force: true });
    throw error;
  }
}

async function download(
  url: string,
  handle: FileHandle,
  options: DownloadOptions,
  taskUUID: string | undefined,
  writing: (cause: Error) => Error,
): Promise<number> {
  const { signal, onProgress, fetch } = options;
  const { timeoutMs } = numbersWithDefaults({ timeoutMs: 60_000 }, options);
  const controller = new AbortController();
  const fail = (reason: string, cause?: unknown) =>
    new ConnectionError(`The download of the video failed: ${reason}. Call again.`, {
      taskUUID,
      cause,
    });
  let timer: NodeJS.Timeout | undefined;
  const hear = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), timeoutMs);
  };
  const leave = onAbortOrTimeout(() => controller.abort(), signal);
  /** What the host does, also when `fetch` does not listen to its signal. */
  const fromHost = <T>(work: Promise<T>) =>
    abortable(work, controller.signal).catch((cause: Error) => {
      if (signal?.aborted) throw new AbortError(signal, taskUUID);
      const isSilent = controller.signal.aborted;
      throw fail(isSilent ? `nothing came for ${timeoutMs} ms` : cause.message, cause);
    });
  try {
    hear();
    const open: (url: string, init: Parameters<typeof get>[1] & RequestInit) => Promise<Answer> =
      fetch ?? get;
    const response = await fromHost(open(url, { signal: controller.signal, cache: 'no-store' }));
    if (!response.ok || !response.body) throw fail(`HTTP ${response.status}`);
    const header = response.headers.get('Content-Length');
    const totalBytes = header && !response.headers.has('Content-Encoding') ? Number(header) : null;
    const pieces = response.body[Symbol.asyncIterator]();
    let receivedBytes = 0;
    for (;;) {
      const { done, value } = await fromHost(pieces.next());
      if (done) break;
      hear();
      await handle.writeFile(value).catch((cause) => {
        throw writing(cause);
      });
      receivedBytes += value.length;
      await onProgress?.({ receivedBytes, ...(totalBytes !== null && { totalBytes }) });
    }
    if (receivedBytes !== (totalBytes ?? receivedBytes) || receivedBytes === 0) {
      throw fail(`${receivedBytes} of ${totalBytes ?? 'unknown'} bytes came`);
    }
    return receivedBytes;
  } finally {
    clearTimeout(timer);
    leave();
    // Ends a body that nobody reads.
    controller.abort();
  }
}
