import { ledgerInUse, migrate } from '../ledger/migrate.js';
import type { Database } from './database.js';
import type { PgliteOptions } from './pglite-database.js';
import type { PostgresOptions } from './postgres-database.js';
import { Waiting } from './waiting.js';

/** Where the ledger of a batch is kept: in a directory, which one process at a time uses, or in PostgreSQL. */
export type DatabaseOptions = PgliteOptions | PostgresOptions;

/**
 * Opens the database of a batch and brings its tables, all in the schema `sync3`, up to date.
 *
 * A directory is locked until `close`, or until the process ends, in whatever way. A fault that passes,
 * as a server that starts again, is read-only or has a full disk, is waited for; for `patienceMs`.
 *
 * @throws {DatabaseInUseError} another process has the directory open.
 * @throws {DatabaseUnavailableError} the database cannot be reached, or its tables are of a newer
 * version of this package.
 *
 * @example
 * const database = await openDatabase({ directory: '.sync3' });
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const database = await open(options);
  try {
    const waiting = new Waiting(options.patienceMs ?? 60_000);
    // All of it or nothing, so that it may be done once more whatever became of it.
    await waiting.retry(
      () => migrate(database),
      ({ code }) => code !== ledgerInUse,
    );
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/** Each database is loaded when it is wanted: both together take a third of a second. */
async function open(options: DatabaseOptions): Promise<Database> {
  if ('databaseUrl' in options) {
    const { openPostgres } = await import('./postgres-database.js');
    return openPostgres(options);
  }
  const { openPglite } = await import('./pglite-database.js');
  return openPglite(options);
}
