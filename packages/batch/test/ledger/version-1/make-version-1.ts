import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, DatabaseOptions } from '@sync3/batch';
import { openPglite } from '../../../src/database/pglite-database.ts';
import { openPostgres } from '../../../src/database/postgres-database.ts';
import { migrations } from '../../../src/ledger/migrations.ts';
import { freshDatabase, type kinds } from '../../database/fresh-database.ts';

/** A manifest of every kind of line, with local files beside it. */
export const manifestPath = join(import.meta.dirname, 'clips.jsonl');

/**
 * Makes a ledger of version 1. Its rows were written by the last release that had it: from `clips.jsonl`
 * in the batch "default", where one item was left `submitting` and one has succeeded; and from a line
 * with taskType, model and deliveryMethod in the batch "explicit".
 *
 * @returns where it is.
 */
export async function makeVersion1(kind: (typeof kinds)[number]): Promise<DatabaseOptions> {
  const where = await freshDatabase(kind);
  const database = await openAsIs(where);
  await database.query('drop schema if exists sync3 cascade');
  await database.query('create schema sync3');
  await database.query(
    `create table sync3.migration (
      version integer primary key,
      applied_at timestamptz not null default now()
    )`,
  );
  for (const statement of migrations[0] ?? []) await database.query(statement);
  await database.query('insert into sync3.migration (version) values (1)');
  const lines = readFileSync(join(import.meta.dirname, 'rows.jsonl'), 'utf8')
    .trim()
    .split('\n');
  for (const line of lines) {
    const [[table = '', row] = []] = Object.entries(JSON.parse(line));
    await database.query(
      `insert into sync3.${table} overriding system value
      select * from json_populate_record(null::sync3.${table}, $1::text::json)`,
      [JSON.stringify(row)],
    );
  }
  for (const table of ['batch', 'plan', 'item']) {
    await database.query(`alter table sync3.${table} alter column id restart with 100`);
  }
  await database.close();
  return where;
}

/** Opens a database without bringing its tables up to date. */
export function openAsIs(where: DatabaseOptions): Promise<Database> {
  return 'directory' in where ? openPglite(where) : openPostgres(where);
}
