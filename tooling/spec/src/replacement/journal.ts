import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeDurably } from './durable.ts';
import type { FileChange } from './file-change.ts';

/** All that it takes to complete a replacement, or to undo it, whatever part of it was done. */
export interface Journal {
  /** Their paths are relative to the root; `mode` is that of the file before, if there was one. */
  changes: (FileChange & { mode?: number })[];
  /** Folders to be made, relative to the root, outermost first. */
  newFolders: string[];
}

/** The journal's file name says which way: renaming takes no space on a disk that may be full. */
const names = { forward: 'forward.json', back: 'back.json' };

/** From here on the replacement is completed, even if this process is killed. */
export async function writeJournal(staging: string, journal: Journal): Promise<void> {
  const path = join(staging, names.forward);
  await writeDurably(`${path}.part`, JSON.stringify(journal));
  await rename(`${path}.part`, path);
  await syncFolder(staging);
}

/** From here on the replacement is undone, even if this process is killed. */
export async function turnBack(staging: string): Promise<void> {
  await rename(join(staging, names.forward), join(staging, names.back)).catch(ignoreAbsent);
  await syncFolder(staging);
}

/** The journal of a replacement that was begun and not ended, if there is one. */
export async function readJournal(staging: string) {
  for (const direction of ['forward', 'back'] as const) {
    const text = await readFile(join(staging, names[direction]), 'utf8').catch(ignoreAbsent);
    if (text) return { journal: JSON.parse(text) as Journal, direction };
  }
  return undefined;
}

/** Ends a replacement. */
export async function removeJournal(staging: string): Promise<void> {
  for (const name of Object.values(names)) await rm(join(staging, name), { force: true });
  await syncFolder(staging);
}

function ignoreAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
