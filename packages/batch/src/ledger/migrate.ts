import type { Database, Queries } from '../database/database.js';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { migrations } from './migrations.js';

/** PostgreSQL's code of a lock that could not be had in time (appendix A of its manual). */
const lockNotAvailable = '55P03';

/** Code of the error about a process that uses a ledger of an earlier version. */
export const ledgerInUse = 'ledgerInUse';

/**
 * Brings the tables up to date, in one transaction: a process that dies on the way changes nothing,
 * and of several that start together one does it and the others wait.
 *
 * @param longestWaitMs how long the tables are waited for. Whoever needs them meanwhile waits behind.
 * @throws {DatabaseUnavailableError} the tables are of a newer version of this package; or of an older
 * one, and another process is using them.
 */
export async function migrate(database: Database, longestWaitMs = 10_000): Promise<void> {
  // To look needs fewer rights than to make what is there already.
  if (await isUpToDate(database)) return;
  try {
    await database.transaction((queries) => bringUpToDate(queries, longestWaitMs), {
      mayBeSlow: true,
    });
  } catch (cause) {
    if (Object(cause).code !== lockNotAvailable) throw cause;
    throw new DatabaseUnavailableError(
      'The ledger is of an earlier version, and a process that plans is using it. Wait until it has ' +
        'ended, then start again.',
      { cause, code: ledgerInUse },
    );
  }
}

async function isUpToDate({ query }: Queries): Promise<boolean> {
  const options = { isIdempotent: true };
  const [{ isThere } = { isThere: false }] = await query<{ isThere: boolean }>(
    `select to_regclass('sync3.migration') is not null as "isThere"`,
    [],
    options,
  );
  return isThere && (await versionOf({ query })) === migrations.length;
}

/** @throws {DatabaseUnavailableError} it is newer than this program. */
async function versionOf({ query }: Queries): Promise<number> {
  const [{ version } = { version: 0 }] = await query<{ version: number }>(
    'select coalesce(max(version), 0) as version from sync3.migration',
    [],
    { isIdempotent: true },
  );
  if (version <= migrations.length) return version;
  throw new DatabaseUnavailableError(
    `The ledger has version ${version} and this program knows ${migrations.length}: it was ` +
      'written by a newer @sync3/batch. Update this one.',
    { retryable: false },
  );
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
  const version = await versionOf({ query });
  if (version === migrations.length) return;
  await query(`set local lock_timeout = '${longestWaitMs}'`);
  for (const [index, statements] of migrations.entries()) {
    if (index < version) continue;
    for (const statement of statements) await query(statement);
    await query('insert into sync3.migration (version) values ($1)', [index + 1]);
  }
}
