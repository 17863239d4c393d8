import type { DirectoryOptions } from '../share/directory-options.js';
import type { Database } from './database.js';
import type { PostgresOptions } from './postgres-database.js';
import { withTables } from './with-tables.js';

/** Where the ledger of a batch is kept: in a directory, or in PostgreSQL. */
export type DatabaseOptions = DirectoryOptions | PostgresOptions;

/**
 * Opens the database of a batch and brings its tables, all in the schema `sync3`, up to date.
 *
 * A directory is locked until `close`, or until the process ends, in whatever way. Whoever has the lock
 * serves the database to other processes of the same user over a socket, so that they can look at the
 * batch and steer it; a change of theirs may take 5 s. A fault that passes, as a server that starts
 * again, is read-only or has a full disk, is waited for; for `patienceMs`.
 *
 * @throws {DatabaseInUseError} another process works in the directory, or does not answer.
 * @throws {DatabaseUnavailableError} the database cannot be reached, or its tables are of a newer
 * version of this package.
 *
 * @example
 * const database = await openDatabase({ directory: '.sync3' });
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  // Each database is loaded when it is wanted: both together take a third of a second.
  if ('databaseUrl' in options) {
    const { openPostgres } = await import('./postgres-database.js');
    return withTables(await openPostgres(options), options.patienceMs);
  }
  const { openDirectory } = await import('../share/open-directory.js');
  return openDirectory(options);
}
