import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';

/**
 * Writes a file so that nobody ever sees half of it: under a temporary name beside it, renamed at
 * the end. When writing fails, nothing is left behind and an older file of that name stays.
 *
 * @param path - the file
 * @param write - writes everything to the temporary path it is given
 */
export async function writeAtomically(
  path: string,
  write: (temporaryPath: string) => Promise<void>,
): Promise<void> {
  const temporaryPath = `${path}.${randomUUID()}.partial`;
  try {
    await write(temporaryPath);
    await rename(temporaryPath, path);
  } catch (error) {
    await rm(temporaryPath, { force: true });
    throw error;
  }
}
