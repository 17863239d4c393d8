import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { throwIfAborted } from '../abort.js';
import { AbortError } from '../errors/abort-error.js';
import { ConnectionError } from '../errors/connection-error.js';
import { Sync3Error } from '../errors/sync3-error.js';
import type { Video } from '../task-state.js';

/** How a video is downloaded. */
export interface DownloadOptions {
  /** Ends the download at once and removes what was written. */
  signal?: AbortSignal | undefined;
  /** Longest silence of the server, in ms. @default 60_000 */
  timeoutMs?: number;
  /** `totalBytes` is absent when the server does not say. */
  onProgress?: (progress: { receivedBytes: number; totalBytes?: number }) => void;
  /** Stands in for the global `fetch`. */
  fetch?: typeof globalThis.fetch;
}

/**
 * Downloads a video to a file. The file appears under its name when it is complete, never before; a
 * file of that name is replaced. No header of the API's, and so no API key, goes to the host.
 *
 * @param video a video of a result, or anything that holds its `url`.
 * @param path where to put it; the folder must exist.
 * @returns the size of the file in bytes.
 * @throws {Sync3Error} the video has no URL, or the file cannot be written.
 * @throws {ConnectionError} the download failed or stopped short; call again.
 * @throws {AbortError} as soon as the signal fires.
 */
export async function saveVideo(
  video: Pick<Video, 'url'> & Partial<Pick<Video, 'taskUUID'>>,
  path: string,
  options: DownloadOptions = {},
): Promise<number> {
  const { url, taskUUID } = video;
  const { signal, timeoutMs = 60_000, onProgress, fetch = globalThis.fetch } = options;
  if (!/^https?:\/\//i.test(url)) {
    throw new Sync3Error('The video has no URL to download from.', { taskUUID });
  }
  throwIfAborted(signal, taskUUID);

  const partial = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  const controller = new AbortController();
  const onAbort = () => controller.abort();
  signal?.addEventListener('abort', onAbort, { once: true });
  let timer: NodeJS.Timeout | undefined;
  const hear = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), timeoutMs);
  };
  const handle = await open(partial, 'wx').catch((cause: NodeJS.ErrnoException) => {
    throw new Sync3Error(`Cannot write to "${dirname(path)}": ${cause.message}.`, { cause });
  });
  try {
    hear();
    const response = await fetch(url, { signal: controller.signal, cache: 'no-store' });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    const header = response.headers.get('Content-Length');
    const totalBytes = header && !response.headers.has('Content-Encoding') ? Number(header) : null;
    let receivedBytes = 0;
    for await (const chunk of response.body) {
      hear();
      await handle.writeFile(chunk);
      receivedBytes += chunk.length;
      onProgress?.({ receivedBytes, ...(totalBytes !== null && { totalBytes }) });
    }
    if (totalBytes !== null && receivedBytes !== totalBytes) {
      throw new Error(`${receivedBytes} of ${totalBytes} bytes came`);
    }
    await handle.sync();
    await handle.close();
    await rename(partial, path);
    return receivedBytes;
  } catch (cause) {
    await handle.close();
    await rm(partial, { force: true });
    if (signal?.aborted) throw new AbortError(signal, taskUUID);
    const { code, message } = cause as NodeJS.ErrnoException;
    if (typeof code === 'string') {
      throw new Sync3Error(`Cannot write "${path}": ${message}.`, { taskUUID, cause });
    }
    const reason = controller.signal.aborted ? `nothing came for ${timeoutMs} ms` : message;
    throw new ConnectionError(`The download of the video failed: ${reason}. Call again.`, {
      taskUUID,
      retryable: true,
      cause,
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
