import { ledgerInUse, migrate } from '../ledger/migrate.js';
import type { Database } from './database.js';
import { defaultPatienceMs, Waiting } from './waiting.js';

/**
 * Brings the tables of a database that was just opened up to date. A fault that passes is waited for;
 * after any other the database is closed.
 */
export async function withTables(
  database: Database,
  patienceMs = defaultPatienceMs,
): Promise<Database> {
  try {
    // All of it or nothing, so that it may be done once more whatever became of it.
    await new Waiting(patienceMs).retry(
      () => migrate(database),
      ({ code }) => code !== ledgerInUse,
    );
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}
