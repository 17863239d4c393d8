import { copyFile, link } from 'node:fs/promises';

/** Gives a file a second name, which may go before or after the first; a copy without hard links. */
export async function linkFile(path: string, name: string): Promise<void> {
  // Not every file system has links.
  await link(path, name).catch(() => copyFile(path, name));
}
