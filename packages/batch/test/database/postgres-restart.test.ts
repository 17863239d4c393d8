import { openDatabase } from '@sync3/batch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresCluster, startPostgres } from './postgres-cluster.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.remove());

async function open(patienceMs?: number) {
  return openDatabase({ databaseUrl: await cluster.createDatabase(), patienceMs });
}

test('a statement waits for a database that has gone away and comes back', async () => {
  const database = await open();
  await database.query(`insert into sync3.batch (name) values ('one')`);
  await cluster.crash();
  const read = database.query('select 1 as one', [], { isIdempotent: true });
  const write = database.query(`insert into sync3.batch (name) values ('two') returning name`);
  await cluster.start();
  expect(await read).toEqual([{ one: 1 }]);
  expect(await write).toEqual([{ name: 'two' }]);
  const names = await database.query('select name from sync3.batch order by name');
  expect(names).toEqual([{ name: 'one' }, { name: 'two' }]);
  await database.close();
});

test('a read that was under way is repeated; a write is not, and says that nobody knows', async () => {
  const database = await open();
  const [server] = await database.query<{ since: string }>(
    'select pg_postmaster_start_time()::text as since',
  );
  // Takes an hour on this server, and no time on the next.
  const read = database.query(
    `select 1 as one, pg_sleep(case when pg_postmaster_start_time() = $1::text::timestamptz
      then 3600 else 0 end)`,
    [`${server?.since}`],
    { isIdempotent: true },
  );
  const write = database.query(`insert into sync3.batch (name) select 'one' from pg_sleep(3600)`);
  const outcome = expect(write).rejects.toMatchObject({
    name: 'DatabaseUnavailableError',
    isOutcomeUnknown: true,
    retryable: true,
  });
  await untilBusy(2);
  await cluster.crash();
  await outcome;
  await cluster.start();
  expect(await read).toMatchObject([{ one: 1 }]);
  expect(await database.query('select name from sync3.batch')).toEqual([]);
  await database.close();
});

test('a transaction that loses the connection is undone and not begun anew', async () => {
  const database = await open();
  let begun = 0;
  const failing = database.transaction(async ({ query }) => {
    begun += 1;
    await query(`insert into sync3.batch (name) values ('one')`);
    await cluster.crash();
    await query(`insert into sync3.batch (name) values ('two')`);
  });
  await expect(failing).rejects.toMatchObject({
    name: 'DatabaseUnavailableError',
    isOutcomeUnknown: false,
    message: expect.stringContaining('all of it was undone'),
  });
  await cluster.start();
  expect(begun).toBe(1);
  expect(await database.query('select name from sync3.batch')).toEqual([]);
  await database.close();
});

test('a connection that is lost while a transaction ends leaves it open what became of it', async () => {
  const database = await open();
  await database.query(`create function sync3.slow() returns trigger language plpgsql as
    'begin perform pg_sleep(3600); return null; end'`);
  await database.query(`create constraint trigger slow after insert on sync3.batch
    deferrable initially deferred for each row execute function sync3.slow()`);
  const outcome = expect(
    database.transaction(({ query }) => query(`insert into sync3.batch (name) values ('one')`)),
  ).rejects.toMatchObject({ name: 'DatabaseUnavailableError', isOutcomeUnknown: true });
  await untilBusy(1, 'commit');
  await cluster.crash();
  await outcome;
  await cluster.start();
  await database.close();
});

test('a database that stays away is an error without the password, within the patience', async () => {
  const database = await open(300);
  await cluster.crash();
  const error = await database.query('select 1').catch((thrown) => thrown);
  expect(error).toMatchObject({ name: 'DatabaseUnavailableError', isOutcomeUnknown: false });
  expect(error.message).toContain(`127.0.0.1:${cluster.port}`);
  expect(error.message).not.toContain('secret');
  await database.close();
  const databaseUrl = `postgres://sync3:secret-password@127.0.0.1:${cluster.port}/absent`;
  const refused = await openDatabase({ databaseUrl }).catch((thrown) => thrown);
  expect(refused).toMatchObject({ name: 'DatabaseUnavailableError', retryable: true });
  expect(refused.message).not.toContain('secret');
  await cluster.start();
  await expect(openDatabase({ databaseUrl })).rejects.toMatchObject({
    name: 'DatabaseUnavailableError',
    retryable: false,
    message: expect.stringContaining('"absent" does not exist'),
  });
});

/** Waits until so many statements of clients are under way. */
async function untilBusy(count: number, text = '%pg_sleep(%'): Promise<void> {
  const watcher = await open();
  for (;;) {
    const rows = await watcher.query(
      `select 1 from pg_stat_activity
      where query like $1 and state = 'active' and pid <> pg_backend_pid()`,
      [text],
    );
    if (rows.length >= count) break;
  }
  await watcher.close();
}
