import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a text file, whole or piece by piece, so that nobody ever sees half of it: under a temporary
 * name beside it, renamed at the end. When that fails, nothing is left behind and an older file stays.
 * Its folder is made when it is missing.
 *
 * @throws what the file system says.
 */
export async function replaceFile(
  path: string,
  text: string | AsyncIterable<string>,
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const partial = join(folder, `.${randomUUID()}.partial`);
  try {
    const file = await open(partial, 'wx');
    try {
      await file.writeFile(text);
      // A machine that fails now must not leave the name with nothing behind it.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
