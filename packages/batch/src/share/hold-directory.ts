import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database/database.js';
import type { PgliteOptions } from '../database/pglite-database.js';
import { withTables } from '../database/with-tables.js';
import { DatabaseInUseError } from '../errors/database-errors.js';
import { connectDatabase } from './connect-database.js';
import { serveDatabase } from './serve-database.js';
import { findSocket } from './socket-place.js';

/** How long a transaction of another process may keep the worker waiting, in ms. */
const longestTransactionMs = 5_000;
/** How long a process that gives the directory up is waited for, in ms. */
const handoverMs = 10_000;
const retryMs = 50;

/**
 * Opens the PGlite database of a directory in this process, brings its tables up to date, and serves it
 * to other processes.
 *
 * @param onYield called when a worker asks for the directory. @returns whether it is going to be free.
 * @throws {DatabaseInUseError} another process has it open.
 */
export async function holdDirectory(
  place: PgliteOptions,
  onYield: () => boolean = () => false,
): Promise<Database> {
  // Loaded when it is wanted: those that only connect do without PGlite.
  const { openPglite } = await import('../database/pglite-database.js');
  const { directory } = place;
  const database = await withTables(await openPglite(place), place.patienceMs);
  const serving = await serveDatabase(database, directory, { longestTransactionMs, onYield }).catch(
    // Without a place for the socket others are refused, and the work goes on.
    () => async () => {},
  );
  return {
    ...database,
    // It is another after PGlite had to be started anew.
    get connection() {
      return database.connection;
    },
    async close() {
      await serving();
      await database.close();
    },
  };
}

/**
 * The same, and asks a process that only looks at the batch to give the directory up.
 *
 * @throws {DatabaseInUseError} the process that has it open works on it.
 */
export async function takeDirectory(place: PgliteOptions): Promise<Database> {
  const deadline = performance.now() + handoverMs;
  for (;;) {
    try {
      return await holdDirectory(place);
    } catch (error) {
      const isRefused = !DatabaseInUseError.is(error) || performance.now() > deadline;
      if (isRefused || !(await doesYield(place.directory))) throw error;
      await sleep(retryMs);
    }
  }
}

/** Asks the holder. One that has not told yet where it answers is asked again. */
async function doesYield(directory: string): Promise<boolean> {
  const path = await findSocket(directory);
  if (path === undefined) return true;
  const holder = await connectDatabase(path, handoverMs).catch(() => undefined);
  // It has ended meanwhile, or is about to.
  if (!holder) return true;
  const answer = holder.yield().catch(() => true);
  return answer.finally(() => holder.close());
}
