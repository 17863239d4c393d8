import { link, lstat, rename, rm } from 'node:fs/promises';
import { OutputExistsError } from '../errors/item-errors.js';
import { hashFile } from './hash-file.js';

/**
 * Puts a complete file in its place, all at once. Another file there is never replaced, unless it is a
 * result of the same item that has been changed; the same content is left as it is.
 *
 * @param sha256 of the complete file.
 * @param isOurs whether what stands there is a result of this item.
 * @throws {OutputExistsError} another file is there.
 */
export async function placeFile(
  complete: string,
  path: string,
  sha256: string,
  isOurs: boolean,
): Promise<void> {
  try {
    if (isOurs) await rename(complete, path);
    else await moveToFreeName(complete, path, sha256);
  } finally {
    await rm(complete, { force: true });
  }
}

/** Whether something is there, of whatever kind. */
async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

/** A rename would replace a file; a hard link fails when there is one. */
async function moveToFreeName(from: string, to: string, sha256: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (await isThere(to)) {
      // This item's own, when a worker died after it had placed the file and before it recorded that.
      const existing = await hashFile(to).catch(() => undefined);
      if (existing !== sha256) throw new OutputExistsError(to, error);
      return;
    }
    // Not every file system has hard links.
    await rename(from, to);
  }
}
