import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConnectionError, type Video } from '@sync3/sdk';
import { type DownloadOptions, saveVideo } from '@sync3/sdk/node';
import { CommandError } from '../command-error.js';
import { systemCodeOf, writeFailure } from './write-failure.js';

/**
 * Downloads a video to a file that appears when it is complete. Without `force` a file that exists
 * stays, even if it came during the download.
 *
 * @returns the size of the file in bytes.
 * @throws {CommandError} there is a file of that name, or it cannot be written: `notSaved`.
 * @throws what `saveVideo` throws about the download.
 */
export async function saveResult(
  video: Video,
  path: string,
  force: boolean,
  options: DownloadOptions,
): Promise<number> {
  const complete = join(dirname(path), `.${randomUUID()}.complete`);
  try {
    const size = await saveVideo(video, complete, options).catch((cause) => {
      throw isAboutFile(cause) ? notSaved(path, cause) : cause;
    });
    await (force ? rename(complete, path) : moveToFreeName(complete, path)).catch((cause) => {
      throw notSaved(path, cause);
    });
    return size;
  } finally {
    await rm(complete, { force: true });
  }
}

/** A failure of the download has a cause of the system, too, but of a socket. */
function isAboutFile(error: unknown): boolean {
  return !ConnectionError.is(error) && systemCodeOf(error) !== undefined;
}

function notSaved(path: string, cause: unknown): CommandError {
  if (systemCodeOf(cause) === 'EEXIST') {
    return new CommandError(
      `"${path}" exists.`,
      'Move it away or write another --output',
      'notSaved',
      cause,
    );
  }
  const next = 'Make room or write another --output';
  return new CommandError(writeFailure(path, cause), next, 'notSaved', cause);
}

/** A rename would replace a file; a hard link fails when there is one. */
async function moveToFreeName(from: string, to: string): Promise<void> {
  await link(from, to).catch((cause: NodeJS.ErrnoException) => {
    // Not every file system has hard links.
    if (cause.code !== 'EEXIST') return copyFile(from, to, constants.COPYFILE_EXCL);
    throw cause;
  });
}
