import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../command-error.js';

/**
 * Keeps a second run out of a folder: two of them would pay twice. What a process of this machine
 * has left that is no longer alive is taken over.
 *
 * @returns what lets the next run in.
 * @throws {CommandError} a run is under way.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'running.json');
  const own = `${path}.${process.pid}`;
  await writeFile(own, JSON.stringify({ pid: process.pid, host: hostname() }));
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      // A link appears with its content, so nobody reads half of it.
      await link(own, path);
      await rm(own);
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (await isAlive(path)) break;
      await rm(path, { force: true });
    }
  }
  await rm(own);
  throw new CommandError(
    `Another sync3 conform works in ${folder}.`,
    `Wait for it, or remove ${path} when it runs no more.`,
  );
}

async function isAlive(path: string): Promise<boolean> {
  try {
    const { pid, host } = JSON.parse(await readFile(path, 'utf8'));
    if (host !== hostname()) return true;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
