import { randomUUID } from 'node:crypto';
import { lstat, mkdtemp, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The longest path of a socket that every system takes, in bytes (macOS: 104 with the final zero). */
const longestPathBytes = 100;

/** The file of a batch directory that tells where the socket of its holder is. */
const fileOf = (directory: string) => join(directory, 'socket.json');

/** Where the socket for a directory is. */
export interface SocketPlace {
  /** What `listen` and `connect` take. */
  path: string;
  /** Removes the socket, and what names it. */
  remove(): Promise<void>;
}

/**
 * Makes a folder for a socket that only this user can enter, and removes what a holder that was killed
 * has left. The socket is not in the batch directory: its path may be too long, and network drives
 * take no sockets.
 */
export async function makeSocketPlace(directory: string): Promise<SocketPlace> {
  await removeStale(directory);
  const path = await newPath();
  return {
    path,
    async remove() {
      if ((await findSocket(directory)) === path) await rm(fileOf(directory), { force: true });
      await removeSocket(path);
    },
  };
}

/** Lets others find the socket, once it answers. */
export async function tellSocket(directory: string, path: string): Promise<void> {
  // Whoever reads it finds the old one or the new one, never half of it.
  const partial = `${fileOf(directory)}.${randomUUID()}`;
  await writeFile(partial, JSON.stringify({ path }), { mode: 0o600 });
  await rename(partial, fileOf(directory));
}

/** Where the holder of a directory answers; `undefined` when it has not said. */
export async function findSocket(directory: string): Promise<string | undefined> {
  try {
    const { path } = JSON.parse(await readFile(fileOf(directory), 'utf8'));
    return typeof path === 'string' ? path : undefined;
  } catch {
    return undefined;
  }
}

async function newPath(): Promise<string> {
  if (process.platform === 'win32') return `\\\\.\\pipe\\sync3-${randomUUID()}`;
  const pathIn = (folder: string) => join(folder, 'sync3-XXXXXX', 'socket');
  const isShort = Buffer.byteLength(pathIn(tmpdir())) <= longestPathBytes;
  // `mkdtemp` makes it for this user alone (0700).
  const folder = await mkdtemp(join(isShort ? tmpdir() : '/tmp', 'sync3-'));
  return join(folder, 'socket');
}

async function removeStale(directory: string): Promise<void> {
  const path = await findSocket(directory);
  if (path !== undefined) await removeSocket(path);
  await rm(fileOf(directory), { force: true });
}

/** The file may name anything, so nothing but a socket and a folder that is empty is removed. */
async function removeSocket(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats?.isSocket()) await rm(path, { force: true });
  if (stats === undefined || stats.isSocket()) await rmdir(dirname(path)).catch(() => {});
}
