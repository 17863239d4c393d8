import { execFileSync } from 'node:child_process';
import { type DatabaseOptions, Manifest, openDatabase, planBatch } from '@sync3/batch';
import { describe, expect, onTestFinished, test } from 'vitest';
import { firstConstants } from '../../../src/ledger/constants.ts';
import { findItems } from '../../../src/ledger/item.ts';
import { migrate } from '../../../src/ledger/migrate.ts';
import { migrations } from '../../../src/ledger/migrations.ts';
import { takeItems } from '../../../src/ledger/take-items.ts';
import { kinds } from '../../database/fresh-database.ts';
import { renamedTo } from '../renamed-to.ts';
import { makeVersion1, manifestPath, openAsIs } from './make-version-1.ts';

const lineCount = 9;
const firstColumns =
  'id batch_id plan_id line key payload_hash task_uuid retries parameters media output state attempts files error'.split(
    ' ',
  );
const planOnce = new URL('../../plan/plan-once.ts', import.meta.url).pathname;

async function open(where: DatabaseOptions) {
  const database = await openDatabase(where);
  onTestFinished(() => database.close());
  return database;
}

/** What the ledger says of items, but for the columns that later versions have added or renamed. */
async function itemsOf(where: DatabaseOptions): Promise<unknown[]> {
  const database = await openAsIs(where);
  const rows = await database.query<{ item: Record<string, unknown> }>(
    'select row_to_json(item) as item from sync3.item order by id',
  );
  await database.close();
  return rows.map(({ item }) => Object.fromEntries(firstColumns.map((name) => [name, item[name]])));
}

describe.each(kinds)('on %s', (kind) => {
  test('items that version 1 has planned are known, and stay as they are', async () => {
    const where = await makeVersion1(kind);
    const before = await itemsOf(where);
    expect(before).toHaveLength(lineCount + 1);
    const database = await openDatabase(where);
    expect(await planBatch(new Manifest(manifestPath), database)).toMatchObject({
      planned: 0,
      known: lineCount,
      repeated: 0,
    });
    await database.close();
    expect(await itemsOf(where)).toEqual(before);
  });

  test('they are known also when the model has been renamed since', async () => {
    const where = await makeVersion1(kind);
    const before = await itemsOf(where);
    const output = execFileSync(
      process.execPath,
      [...renamedTo('sync:renamed@1'), planOnce, JSON.stringify(where), manifestPath],
      { encoding: 'utf8' },
    );
    const [, summary = ''] = /^planned (.*)$/m.exec(output) ?? [];
    expect(JSON.parse(summary)).toMatchObject({ planned: 0, known: lineCount });
    expect(await itemsOf(where)).toEqual(before);
  });

  test('a line that named the constants is known without them', async () => {
    const database = await open(await makeVersion1(kind));
    const inputs = { video: 'https://example.com/d.mp4', audio: 'https://example.com/d.wav' };
    const items = [{ key: 'explicit', params: { inputs } }];
    const summary = await planBatch(items, database, { batch: 'explicit' });
    expect(summary).toMatchObject({ planned: 0, known: 1 });
  });

  test('a migration that ends half way leaves version 1, and the next one carries it out', async () => {
    const where = await makeVersion1(kind);
    const before = await itemsOf(where);
    const database = await openAsIs(where);
    const dying = {
      ...database,
      transaction: <Result>(work: Parameters<typeof database.transaction<Result>>[0]) =>
        database.transaction<Result>((queries) =>
          work({
            query(text, ...others) {
              if (text.includes('insert into sync3.migration')) throw new Error('It died.');
              return queries.query(text, ...others);
            },
          }),
        ),
    };
    await expect(migrate(dying)).rejects.toThrow('It died.');
    await database.close();
    const after = await openAsIs(where);
    expect(await after.query('select version from sync3.migration')).toEqual([{ version: 1 }]);
    const columns = `select column_name from information_schema.columns
      where table_schema = 'sync3' and column_name = 'sent_constants'`;
    expect(await after.query(columns)).toEqual([]);
    await after.close();
    const migrated = await openDatabase(where);
    expect(await migrated.query(columns)).toHaveLength(1);
    await migrated.close();
    expect(await itemsOf(where)).toEqual(before);
  });

  test('what version 1 has taken was sent with the constants of its time', async () => {
    const database = await open(await makeVersion1(kind));
    const items = await findItems(database, `key = 'submitting'`);
    const ids = items.map(({ id }) => id);
    const [taken] = await takeItems(database, ids, '00000000-0000-4000-8000-00000000000b');
    expect(taken).toMatchObject({ foundIn: 'submitting', sentConstants: firstConstants });
  });
});

test('a worker of version 1 stops when the ledger is brought up to date meanwhile', async () => {
  const where = await makeVersion1('postgres');
  const old = await openAsIs(where);
  onTestFinished(() => old.close());
  const database = await open(where);
  // As version 1 takes an item, and as it releases one.
  for (const state of ['submitting', 'planned']) {
    const take = old.query(
      `update sync3.item set state = $1, released_at = now() where key = 'voice'`,
      [state],
    );
    await expect(take).rejects.toThrow('released_at');
  }
  expect(await findItems(database, `key = 'voice'`)).toMatchObject([{ state: 'planned' }]);
});

test('a ledger in which an earlier version is planning is not waited for without end', async () => {
  const where = await makeVersion1('postgres');
  const old = await openAsIs(where);
  const waiting = await openAsIs(where);
  onTestFinished(async () => {
    await waiting.close();
    await old.close();
  });
  await old.transaction(async ({ query }) => {
    await query(`update sync3.item set line = line where key = 'voice'`);
    await expect(migrate(waiting, 200)).rejects.toMatchObject({
      name: 'DatabaseUnavailableError',
      retryable: true,
      message: expect.stringContaining('Wait until it has ended'),
    });
  });
  await migrate(waiting);
  expect(await waiting.query('select max(version) as version from sync3.migration')).toEqual([
    { version: migrations.length },
  ]);
});
