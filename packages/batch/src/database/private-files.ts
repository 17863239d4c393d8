import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const folderMode = 0o700;
const fileMode = 0o600;

/**
 * Takes the rights of all others from a folder and what is in it. The folder itself comes last: one
 * that is private already was done to its end. PostgreSQL itself makes its later files private, except
 * for the cache of its own catalog.
 */
export async function makePrivate(folder: string): Promise<void> {
  if (await isPrivate(folder)) return;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await permit(path, folderMode);
    else if (entry.isFile()) await permit(path, fileMode);
  }
  await permit(folder, folderMode);
}

/** Takes the rights of all others from one file or folder. */
export async function closeToOthers(path: string): Promise<void> {
  if (!(await isPrivate(path))) await permit(path, folderMode);
}

async function isPrivate(path: string): Promise<boolean> {
  return ((await stat(path)).mode & 0o077) === 0;
}

/** A file that another user owns, or that has gone, stays as it is. */
async function permit(path: string, mode: number): Promise<void> {
  await chmod(path, mode).catch(() => {});
}
