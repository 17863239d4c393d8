import { open } from 'node:fs/promises';

/** Writes a file so that it is on the disk, and not in a cache only, when the promise resolves. */
export async function writeDurably(path: string, text: string, mode?: number): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    // Beside `open`, whose mode the process's umask narrows.
    if (mode !== undefined) await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * The same for the names in a folder: that a file has come, gone or been replaced. Nothing is to be
 * done for a folder that is gone itself, nor on Windows, which does not open folders.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  try {
    await folder?.sync();
  } finally {
    await folder?.close();
  }
}
