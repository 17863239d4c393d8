import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SpecError } from '../spec-error.ts';

/** How long one update waits for another, in milliseconds; writing the files takes a fraction. */
const patience = 60_000;

/** SQLite's code for "another process holds the lock". */
const busy = 5;

/**
 * Makes this process the only one that works in a folder, until it closes the lock or ends. The lock
 * is SQLite's: of those that Node offers it is the one that the system itself releases when its
 * holder is killed.
 *
 * @throws {SpecError} when another process has not finished after a minute.
 */
export function lockFolder(folder: string): DatabaseSync {
  const lock = new DatabaseSync(join(folder, 'lock'), { timeout: patience });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    if ((error as { errcode?: number }).errcode !== busy) throw error;
    throw new SpecError('Another update is replacing files. Run this one again when it has ended.');
  }
}
