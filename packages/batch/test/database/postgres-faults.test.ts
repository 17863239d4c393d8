import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  type Database,
  DatabaseUnavailableError,
  openDatabase,
  type PostgresOptions,
  planBatch,
} from '@sync3/batch';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { clips } from '../plan/clips.ts';
import { until } from '../work/scene.ts';
import { freshDatabase, temporaryFolder } from './fresh-database.ts';
import { startPostgres } from './postgres-cluster.ts';

interface Opened {
  database: Database;
  databaseUrl: string;
  /** A session of somebody else. */
  other: pg.Client;
}

/** A database with the tables, and a second session on it. */
async function open(options: Partial<PostgresOptions> = {}): Promise<Opened> {
  const { databaseUrl } = (await freshDatabase('postgres')) as PostgresOptions;
  const database = await openDatabase({ databaseUrl, ...options });
  const other = new pg.Client(databaseUrl);
  await other.connect();
  onTestFinished(async () => {
    await database.close();
    await other.end();
  });
  return { database, databaseUrl, other };
}

const nameOf = (databaseUrl: string) => new URL(databaseUrl).pathname.slice(1);
const insert = (name: string) => `insert into sync3.batch (name) values ('${name}')`;

/** What waits have been told. */
function listen(database: Database): string[] {
  const told: string[] = [];
  database.onWait({ begin: (message) => told.push(message), end: () => told.push('end') });
  return told;
}

/** New sessions are read-only, and those that are open end, as after a failover. */
async function setReadOnly({ database, other, databaseUrl }: Opened, isOn: boolean) {
  const name = nameOf(databaseUrl);
  await other.query(`alter database ${name} set default_transaction_read_only = ${isOn}`);
  await other.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
    [name],
  );
  // Finds out that its connection has ended.
  await database.query('select 1', [], { isIdempotent: true });
}

test('a change waits while the database is read-only, and says so', async () => {
  const opened = await open();
  const { database } = opened;
  const told = listen(database);
  await setReadOnly(opened, true);
  const change = database.query(insert('one'));
  await until(() => told.length > 0);
  expect(told[0]).toContain('read-only');
  expect(await database.query('select count(*) as count from sync3.batch')).toEqual([{ count: 0 }]);
  await setReadOnly(opened, false);
  await change;
  expect(told).toEqual([told[0], 'end']);
  expect(await database.query('select name from sync3.batch')).toEqual([{ name: 'one' }]);
});

test('a database that stays read-only is explained, with its SQLSTATE', async () => {
  const opened = await open({ patienceMs: 200 });
  await setReadOnly(opened, true);
  await expect(opened.database.query(insert('one'))).rejects.toMatchObject({
    name: 'DatabaseUnavailableError',
    code: '25006',
    retryable: true,
    isOutcomeUnknown: false,
  });
  await expect(
    opened.database.transaction(({ query }) => query(insert('one'))),
  ).rejects.toMatchObject({ name: 'DatabaseUnavailableError', code: '25006' });
  await expect(planBatch(clips(1), opened.database)).rejects.toMatchObject({
    name: 'DatabaseUnavailableError',
    code: '25006',
  });
});

test('a statement that was cancelled, or got no lock, is carried out once it can be', async () => {
  const opened = await open();
  const { database, other, databaseUrl } = opened;
  await database.query(insert('one'));
  for (const setting of ['statement_timeout', 'lock_timeout']) {
    await other.query(`alter database ${nameOf(databaseUrl)} set ${setting} = 100`);
    // Sessions that were open have the old setting.
    await setReadOnly(opened, false);
    const told = listen(database);
    await other.query('begin');
    await other.query('select 1 from sync3.batch for update');
    const change = database.query('update sync3.batch set concurrency = concurrency + 1');
    await until(() => told.length > 0);
    await other.query('commit');
    await change;
    await other.query(`alter database ${nameOf(databaseUrl)} reset ${setting}`);
  }
  expect(await database.query('select concurrency from sync3.batch')).toEqual([{ concurrency: 6 }]);
});

test.each(['repeatable read', 'serializable'])(
  'changes of many at once under %s all count',
  async (level) => {
    const { databaseUrl, other } = await open();
    await other.query(
      `alter database ${nameOf(databaseUrl)} set default_transaction_isolation = '${level}'`,
    );
    const database = await openDatabase({ databaseUrl });
    onTestFinished(() => database.close());
    await database.query(insert('one'));
    const [row] = await database.query('show transaction_isolation');
    expect(row).toEqual({ transaction_isolation: level });
    const change = 'update sync3.batch set concurrency = concurrency + 1';
    await Promise.all([
      ...Array.from({ length: 10 }, () => database.query(change)),
      ...Array.from({ length: 10 }, () => database.transaction(({ query }) => query(change))),
    ]);
    expect(await database.query('select concurrency from sync3.batch')).toEqual([
      { concurrency: 24 },
    ]);
  },
);

test('of two that wait for each other one is undone, as a fault that passes', async () => {
  const { database } = await open();
  await database.query(insert('one'));
  await database.query(insert('two'));
  const lock = (name: string) => `select 1 from sync3.batch where name = '${name}' for update`;
  let met = () => {};
  const both = new Promise<void>((resolve) => {
    let count = 0;
    met = () => {
      count += 1;
      if (count === 2) resolve();
    };
  });
  const take = (first: string, second: string) =>
    database.transaction(async ({ query }) => {
      await query(lock(first));
      met();
      await both;
      await query(lock(second));
    });
  const outcomes = await Promise.allSettled([take('one', 'two'), take('two', 'one')]);
  const reasons = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  expect(reasons).toMatchObject([
    { name: 'DatabaseUnavailableError', code: '40P01', retryable: true, isOutcomeUnknown: false },
  ]);
});

test('a transaction that sends nothing for seconds loses its locks', async () => {
  const { database } = await open();
  await database.query(insert('one'));
  let release = () => {};
  const frozen = database.transaction(async ({ query }) => {
    await query('select 1 from sync3.batch for update');
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    await query('select 1');
  });
  const outcome = expect(frozen).rejects.toMatchObject({
    name: 'DatabaseUnavailableError',
    retryable: true,
    isOutcomeUnknown: false,
  });
  await until(
    async () =>
      (
        await database.query('select 1 from pg_locks where locktype = $1 and mode = $2', [
          'relation',
          'RowShareLock',
        ])
      ).length > 0,
  );
  await database.query('update sync3.batch set concurrency = 7');
  release();
  await outcome;
  expect(await database.query('select concurrency from sync3.batch')).toEqual([{ concurrency: 7 }]);
});

test('one connection is enough', async () => {
  const { database } = await open({ connections: 1 });
  await planBatch(clips(2), database);
  expect(await database.query('select count(*) as count from sync3.item')).toEqual([{ count: 2 }]);
});

test('a user without the rights is told which to grant; what is there needs no right to make it', async () => {
  const { other, databaseUrl } = await open();
  const role = `reader_${nameOf(databaseUrl)}`;
  await other.query(`create role ${role} login`);
  const url = new URL(databaseUrl);
  url.username = role;
  const attempt = () => openDatabase({ databaseUrl: url.href });
  const error = await attempt().catch((thrown) => thrown);
  expect(error).toMatchObject({ code: '42501', retryable: false });
  expect(error.message).toContain('grant usage on schema sync3, sync3_queue');
  await other.query(`grant usage on schema sync3 to ${role}`);
  await other.query(
    `grant select, insert, update, delete on all tables in schema sync3 to ${role}`,
  );
  const database = await attempt();
  await database.query(insert('one'));
  await database.close();
  await other.query(`drop owned by ${role}`);
  await other.query(`drop role ${role}`);
});

test('a connection that is lost while the tables are looked for is waited for', async () => {
  const { databaseUrl } = (await freshDatabase('postgres')) as PostgresOptions;
  const other = new pg.Client(databaseUrl);
  await other.connect();
  onTestFinished(() => other.end());
  // Whoever makes the tables waits for this lock.
  const lock = `hashtext('sync3'), hashtext('migrate')`;
  await other.query(`select pg_advisory_lock(${lock})`);
  const opening = openDatabase({ databaseUrl });
  await until(async () => {
    const { rowCount } = await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event = 'advisory'`,
    );
    return rowCount === 1;
  });
  await other.query(`select pg_advisory_unlock(${lock})`);
  const database = await opening;
  expect(await database.query('select count(*) as count from sync3.batch')).toEqual([{ count: 0 }]);
  await database.close();
});

test('what is wrong with TLS is told with what mends it', async () => {
  const folder = temporaryFolder();
  const key = join(folder, 'server.key');
  const certificate = join(folder, 'server.crt');
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const shape = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', ...shape, ...subject, '-keyout', key, '-out', certificate], {
    stdio: 'pipe',
  });
  const cluster = await startPostgres({ tls: { key, certificate } });
  onTestFinished(() => cluster.remove());
  const url = await cluster.createDatabase();
  const at = (host: string, query: string) =>
    openDatabase({ databaseUrl: `${url.replace('127.0.0.1', host)}?${query}` });
  const told = (host: string, query: string) =>
    at(host, query).then(
      () => 'works',
      (error) => {
        expect(error).toMatchObject({ name: 'DatabaseUnavailableError', retryable: false });
        expect(error.message).not.toContain('secret');
        return error.message;
      },
    );
  expect(await told('localhost', 'sslmode=verify-full')).toContain('sslrootcert=');
  const absent = join(folder, 'absent.pem');
  const missing = await told('localhost', `sslmode=verify-full&sslrootcert=${absent}`);
  expect(missing).toContain(`Check the path "${absent}"`);
  const trusted = `sslmode=verify-full&sslrootcert=${certificate}`;
  expect(await told('127.0.0.1', trusted)).toContain('another name');
  for (const works of [trusted, 'sslmode=no-verify']) await (await at('localhost', works)).close();

  const { databaseUrl } = (await freshDatabase('postgres')) as PostgresOptions;
  const error = await openDatabase({ databaseUrl: `${databaseUrl}?sslmode=verify-full` }).catch(
    (thrown) => thrown,
  );
  expect(DatabaseUnavailableError.is(error) && error.retryable).toBe(false);
  expect(error.message).toContain('sslmode=disable');
});
