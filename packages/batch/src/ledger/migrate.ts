import type { Database } from '../database/database.js';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { migrations } from './migrations.js';

/**
 * Brings the tables up to date, in one transaction: a process that dies on the way changes nothing,
 * and of several that start together one does it and the others wait.
 *
 * @throws {DatabaseUnavailableError} the tables are of a newer version of this package.
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async ({ query }) => {
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
    for (const [index, statements] of migrations.entries()) {
      if (index < version) continue;
      for (const statement of statements) await query(statement);
      await query('insert into sync3.migration (version) values ($1)', [index + 1]);
    }
  });
}
