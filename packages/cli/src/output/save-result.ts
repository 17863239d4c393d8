import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Video } from '@sync3/sdk';
import { type DownloadOptions, saveVideo } from '@sync3/sdk/node';
import { CommandError } from '../command-error.js';
import { alreadyThere } from './output-paths.js';

/**
 * Downloads a video to a file that appears when it is complete. Without `force` a file that exists
 * stays, even if it came during the download.
 *
 * @returns the size of the file in bytes.
 * @throws {CommandError} there is a file of that name, or it cannot be written.
 * @throws what `saveVideo` throws.
 */
export async function saveResult(
  video: Video,
  path: string,
  force: boolean,
  options: DownloadOptions,
): Promise<number> {
  const complete = join(dirname(path), `.${randomUUID()}.complete`);
  const size = await saveVideo(video, complete, options);
  try {
    await (force ? rename(complete, path) : moveToFreeName(complete, path));
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    const message = `Cannot write "${path}": ${(cause as Error).message}.`;
    throw new CommandError(message, 'Write another --output.', 'badInput', cause);
  } finally {
    await rm(complete, { force: true });
  }
  return size;
}

/** A rename would replace a file; a hard link fails when there is one. */
async function moveToFreeName(from: string, to: string): Promise<void> {
  const orExists = (cause: NodeJS.ErrnoException) => {
    throw cause.code === 'EEXIST' ? alreadyThere(to) : cause;
  };
  try {
    await link(from, to).catch(orExists);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    // Not every file system has hard links.
    await copyFile(from, to, constants.COPYFILE_EXCL).catch(orExists);
  }
}
