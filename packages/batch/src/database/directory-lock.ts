import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { DatabaseInUseError, DatabaseUnavailableError } from '../errors/database-errors.js';
import { faultOf } from './faults.js';
import { isAlive, type LockHolder, thisProcess } from './lock-holder.js';

/**
 * After so long without a sign of life a holder on another machine counts as dead, in ms. A statement
 * of PGlite blocks its process, and so the signs, for seconds.
 */
const staleMs = 60_000;
/** How often the holder gives a sign of life, in ms. */
const heartbeatMs = 10_000;
/** How long the marks of takeovers are kept, in ms: longer than anybody can be about to make one. */
const markLifeMs = 3_600_000;

/**
 * Locks a directory against other processes: `lock` in it is the lock, `lock-holder.json` says whose.
 * A holder of this machine that has died is replaced at once, and one that lives never, however long
 * it was silent. One of another machine, as on a network drive, is replaced after a minute of silence.
 *
 * @param onLost called when somebody else has removed the lock or taken it.
 * @returns what gives the lock back.
 * @throws {DatabaseInUseError} the directory is in use; names the holder.
 */
export async function lockDirectory(
  directory: string,
  onLost: (reason: string) => void,
): Promise<() => Promise<void>> {
  const lockPath = join(directory, 'lock');
  const holderPath = join(directory, 'lock-holder.json');
  for (let attempts = 0; ; attempts += 1) {
    const holder = await readHolder(holderPath);
    const isHeld = holder !== undefined && (await exists(lockPath));
    const isHolderAlive = isHeld ? isAlive(holder) : undefined;
    if (isHeld && isHolderAlive) throw inUse(directory, holder);
    if (isHeld && isHolderAlive === false) await removeLockOf(holder, directory, lockPath);
    try {
      const release = await lock(directory, {
        lockfilePath: lockPath,
        stale: staleMs,
        update: heartbeatMs,
        onCompromised: (error) => onLost(error.message),
      });
      const token = await writeHolder(holderPath);
      return async () => {
        if ((await readHolder(holderPath))?.token === token) await rm(holderPath, { force: true });
        // It fails when the lock was lost, which `onLost` has told.
        await release().catch(() => {});
      };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ELOCKED') {
        const fault = faultOf(error);
        const told = fault?.treatment === 'repeat' ? ` It ${fault.told}` : '';
        throw new DatabaseUnavailableError(`Cannot lock "${directory}": ${message}.${told}`, {
          cause: error,
          code,
          retryable: fault?.treatment === 'repeat',
        });
      }
      // Whoever was faster has not told its name yet, or is about to replace a dead one.
      if (attempts === 10) throw inUse(directory, await readHolder(holderPath));
      await sleep(100);
    }
  }
}

function inUse(directory: string, holder: LockHolder | undefined): DatabaseInUseError {
  const who = holder
    ? `process ${holder.pid} on ${holder.hostname}, since ${holder.since}`
    : 'a process that has not told its name';
  return new DatabaseInUseError(
    `The batch directory "${directory}" is in use by ${who}. Wait for it or stop it; to share a batch ` +
      'between workers, use a PostgreSQL database.',
    { retryable: true },
  );
}

/**
 * Removes the lock of a process that has died. Only one of several that want to can make the mark, so
 * that none removes the lock which another has taken meanwhile.
 */
async function removeLockOf(holder: LockHolder, directory: string, lockPath: string) {
  for (const name of await readdir(directory)) {
    const mark = join(directory, name);
    if (!name.startsWith('lock-taken-over-')) continue;
    const age = Date.now() - (await stat(mark).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > markLifeMs) await rm(mark, { recursive: true, force: true });
  }
  try {
    await mkdir(join(directory, `lock-taken-over-${holder.token}`));
  } catch {
    return;
  }
  await rmdir(lockPath).catch(() => {});
}

async function readHolder(path: string): Promise<LockHolder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @returns the token under which this process now holds the lock. */
async function writeHolder(path: string): Promise<string> {
  const token = randomUUID();
  // Whoever reads it finds the old one or the new one, never half of it.
  const partial = `${path}.${token}`;
  await writeFile(partial, JSON.stringify(thisProcess(token)), { mode: 0o600 });
  await rename(partial, path);
  return token;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
