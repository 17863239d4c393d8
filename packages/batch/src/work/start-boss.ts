import type { PgBoss } from 'pg-boss';
import type { Database } from '../database/database.js';
import { DatabaseInUseError } from '../errors/database-errors.js';

/** So often pg-boss looks for workers that have died, in seconds. */
const superviseSeconds = 2;

/** Of pg-boss, to make its tables while other workers do the same; with growing pauses from 1 s. */
const startAttempts = 4;

/**
 * Starts pg-boss, which makes its tables, in the schema `sync3_queue`, where they are missing.
 *
 * @param onError told what goes wrong in the background, as while the database is away.
 */
export async function startBoss(
  database: Database,
  onError: (error: Error) => void,
): Promise<PgBoss> {
  const { connection } = database;
  if (connection.kind === 'shared') {
    throw new DatabaseInUseError(
      'Another process works in the batch directory. Wait for it or stop it; to share a batch ' +
        'between workers, use a PostgreSQL database.',
      { retryable: true },
    );
  }
  const isPglite = connection.kind === 'pglite';
  // Loaded for workers alone: other commands start in less time without it.
  const { PgBoss: Boss } = await import('pg-boss');
  const boss = new Boss({
    schema: 'sync3_queue',
    backend: connection.kind,
    // Only this method: what pg-boss does to it must not reach the ledger's own statements.
    db: { executeSql: database.executeSql },
    schedule: false,
    superviseIntervalSeconds: isPglite ? 60 : superviseSeconds,
    monitorIntervalSeconds: isPglite ? 60 : superviseSeconds,
    maintenanceIntervalSeconds: 60,
    // A PGlite directory has nobody who vacuums; the table of a queue stays small.
    monitorVacuum: !isPglite,
  });
  boss.on('error', onError);
  try {
    // Of workers that start together one makes the tables; the others fail, and find them there.
    await boss.start({ attempts: startAttempts });
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  }
}
