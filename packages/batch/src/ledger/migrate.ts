import type { Database, Queries } from '../database/database.js';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { migrations } from './migrations.js';

/** PostgreSQL's code of a lock that could not be had in time (appendix A of its manual). */
const lockNotAvailable = '55P03';

/**
 * Brings the tables up to date, in one transaction: a process that dies on the way changes nothing,
 * and of several that start together one does it and the others wait.
 *
 * @param longestWaitMs how long the tables are waited for. Whoever needs them meanwhile waits behind.
 * @throws {DatabaseUnavailableError} the tables are of a newer version of this package; or of an older
 * one, and another process is using them.
 */
export async function migrate(database: Database, longestWaitMs = 10_000): Promise<void> {
  try {
    await database.transaction((queries) => bringUpToDate(queries, longestWaitMs));
  } catch (cause) {
    if (Object(cause).code !== lockNotAvailable) throw cause;
    throw new DatabaseUnavailableError(
      'The ledger is of an earlier version, and a process that plans is using it. Wait until it has ' +
        'ended, then start again.',
      { cause },
    );
  }
}

async function bringUpToDate({ query }: Queries, longestWaitMs: number): Promise<void> {
  await query(`select pg_advisory_xact_lock(hashtext('sync3'), hashtext('migrate'))`);
  await query('create schema if not exists sync3');
  await query(
    `create table if not exists sync3.migration (
      version integer primary key,
      applied_at timestamptz not null default now()
    )`,
  );
  const [{ version } = { version: 0 }] = await query<{ version: number }>(
    'select coalesce(max(version), 0) as version from sync3.migration',
  );
  if (version > migrations.length) {
    throw new DatabaseUnavailableError(
      `The ledger has version ${version} and this program knows ${migrations.length}: it was ` +
        'written by a newer @sync3/batch. Update this one.',
      { retryable: false },
    );
  }
  if (version === migrations.length) return;
  await query(`set local lock_timeout = '${longestWaitMs}'`);
  for (const [index, statements] of migrations.entries()) {
    if (index < version) continue;
    for (const statement of statements) await query(statement);
    await query('insert into sync3.migration (version) values ($1)', [index + 1]);
  }
}
