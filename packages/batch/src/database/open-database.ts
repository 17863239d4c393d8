import { migrate } from '../ledger/migrate.js';
import type { Database } from './database.js';
import type { PostgresOptions } from './postgres-database.js';

/** Where the ledger of a batch is kept: in a directory, or in PostgreSQL. */
export type DatabaseOptions =
  | {
      /** A folder of the batch's own; made when it is missing. One process at a time uses it. */
      directory: string;
    }
  | PostgresOptions;

/**
 * Opens the database of a batch and brings its tables, all in the schema `sync3`, up to date.
 *
 * A directory is locked until `close`, or until the process ends, in whatever way. A PostgreSQL
 * database may go away and come back: what was not sent yet is tried again for `patienceMs`.
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
    await migrate(database);
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
  return openPglite(options.directory);
}
