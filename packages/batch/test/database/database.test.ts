import { openDatabase } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { migrations } from '../../src/ledger/migrations.ts';
import { freshDatabase, kinds, openFresh } from './fresh-database.ts';

describe.each(kinds)('on %s', (kind) => {
  test('columns arrive as the same types', async () => {
    const { database } = await openFresh(kind);
    const moment = new Date('2026-03-04T05:06:07.089Z');
    const [row] = await database.query(
      `select
        9007199254740991::bigint as bigint, $1::numeric as numeric, $2::timestamptz as moment,
        $3::text::json as json, '{"b":[1,null]}'::jsonb as jsonb, true as yes, null as nothing,
        3::integer as integer, 0.5::float8 as float, $4::text as text, $5::bigint as count`,
      [12.345678, moment, '{"a":"\\u0000 ü"}', "'; drop table", 42],
    );
    expect(row).toEqual({
      bigint: 9007199254740991,
      numeric: 12.345678,
      moment,
      json: { a: '\0 ü' },
      jsonb: { b: [1, null] },
      yes: true,
      nothing: null,
      integer: 3,
      float: 0.5,
      text: "'; drop table",
      count: 42,
    });
  });

  test('a bigint that a number cannot hold is an error, not another number', async () => {
    const { database } = await openFresh(kind);
    await expect(database.query('select 9007199254740993::bigint as large')).rejects.toThrow(
      '9007199254740993',
    );
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a transaction that fails leaves nothing, and the next one works', async () => {
    const { database } = await openFresh(kind);
    const failing = database.transaction(async ({ query }) => {
      await query(`insert into sync3.batch (name) values ('one')`);
      await query('select 1 / 0');
    });
    await expect(failing).rejects.toThrow('division by zero');
    const count = () => database.query('select count(*) as count from sync3.batch');
    expect(await count()).toEqual([{ count: 0 }]);
    await database.transaction(({ query }) =>
      query(`insert into sync3.batch (name) values ('one')`),
    );
    expect(await count()).toEqual([{ count: 1 }]);
  });

  test('opening again changes nothing, closing twice does no harm', async () => {
    const options = await freshDatabase(kind);
    for (let times = 1; times <= 2; times += 1) {
      const database = await openDatabase(options);
      await database.query('insert into sync3.batch (name) values ($1)', [`batch ${times}`]);
      const rows = await database.query('select count(*) as count from sync3.batch');
      expect(rows).toEqual([{ count: times }]);
      await database.close();
      await database.close();
    }
  });

  test('tables of a newer version are left alone', async () => {
    const options = await freshDatabase(kind);
    const database = await openDatabase(options);
    await database.query('insert into sync3.migration (version) values (1000)');
    await database.close();
    await expect(openDatabase(options)).rejects.toMatchObject({
      name: 'DatabaseUnavailableError',
      retryable: false,
      message: expect.stringContaining('newer @sync3/batch'),
    });
  });
});

test('several processes may open a new PostgreSQL database at the same time', async () => {
  const options = await freshDatabase('postgres');
  const databases = await Promise.all(Array.from({ length: 8 }, () => openDatabase(options)));
  const versions = await databases[0]?.query('select version from sync3.migration');
  expect(versions).toEqual(migrations.map((_, index) => ({ version: index + 1 })));
  for (const database of databases) await database.close();
});
