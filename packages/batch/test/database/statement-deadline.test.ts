import { type DatabaseOptions, openDatabase, planBatch, workOnBatch } from '@sync3/batch';
import { startMockServer } from '@sync3/mock-server';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { sendWithin } from '../../src/database/statement-deadline.ts';
import { clientOf, tinyItem, until } from '../work/scene.ts';
import { startFreezingRelay } from './freezing-relay.ts';
import { openFresh, temporaryFolder } from './fresh-database.ts';

/** A database by a way that can freeze. */
async function frozenLater(options: { statementTimeoutMs: number; patienceMs?: number }) {
  const { options: where } = await openFresh('postgres');
  const { databaseUrl } = where as Extract<DatabaseOptions, { databaseUrl: string }>;
  const relay = await startFreezingRelay(databaseUrl);
  const database = await openDatabase({ databaseUrl: relay.url, ...options });
  onTestFinished(() => database.close());
  return { database, relay };
}

const hung = {
  ...{ name: 'DatabaseUnavailableError', code: 'ETIMEDOUT', retryable: true },
  message: expect.stringContaining('no answer to a statement for 0.3 s'),
};

test('a statement, a transaction and its begin fail when the server takes them and never answers', async () => {
  const { database, relay } = await frozenLater({ statementTimeoutMs: 300, patienceMs: 0 });
  const begun = database.transaction(async ({ query }) => {
    await query('select 1');
    relay.freeze();
    return query('select 2');
  });
  await expect(begun).rejects.toMatchObject({ ...hung, isOutcomeUnknown: false });
  relay.thaw();
  const read = async () => database.query('select 1 as one');
  await expect.poll(() => read().catch(() => undefined)).toEqual([{ one: 1 }]);
  relay.freeze();
  await expect(read()).rejects.toMatchObject({ ...hung, isOutcomeUnknown: true });
});

test('a statement whose time is up is not the last of its pool', async () => {
  const { database } = await frozenLater({ statementTimeoutMs: 300, patienceMs: 0 });
  await expect(database.query('select pg_sleep(3600)')).rejects.toMatchObject(hung);
  expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('a deadline is told as one, even when its timer fires a fraction of a ms early', async () => {
  const { options } = await openFresh('postgres');
  const { databaseUrl } = options as Extract<DatabaseOptions, { databaseUrl: string }>;
  const pool = new pg.Pool({ connectionString: databaseUrl });
  const client = await pool.connect();
  for (let count = 0; count < 200; count++) {
    const slow = sendWithin(client, { text: 'select pg_sleep(3600)', query_timeout: 5 });
    await expect(slow).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  }
  client.release(true);
  await pool.end();
});

test('a transaction that may be slow is waited for', async () => {
  const { database } = await frozenLater({ statementTimeoutMs: 300, patienceMs: 0 });
  const slow = database.transaction(({ query }) => query('select 1 as one from pg_sleep(0.6)'), {
    mayBeSlow: true,
  });
  expect(await slow).toEqual([{ one: 1 }]);
});

test('a database that hangs can be closed', async () => {
  const { database, relay } = await frozenLater({ statementTimeoutMs: 300, patienceMs: 0 });
  await database.query('select 1');
  relay.freeze();
  await database.close();
});

test('a worker says that its database hangs, and goes on when it answers again', async () => {
  const { database, relay } = await frozenLater({ statementTimeoutMs: 1_000 });
  const mock = await startMockServer({ jobDurationMs: 200 });
  onTestFinished(() => mock.close());
  await planBatch(
    [1, 2, 3, 4].map((n) => tinyItem(n)),
    database,
  );
  const told: string[] = [];
  const working = workOnBatch(database, {
    outputDirectory: temporaryFolder(),
    client: clientOf(mock),
    limits: { concurrency: 1 },
    onEvent(event) {
      if (event.event === 'paused') told.push(`${event.reason}: ${event.message}`);
    },
  });
  await until(() => mock.stats.charged === 1);
  relay.freeze();
  await until(() => told.length > 0);
  expect(told[0]).toMatch(/^database: /);
  relay.thaw();
  expect(await working).toMatchObject({
    ending: 'complete',
    counts: { byState: { succeeded: 4 } },
  });
  expect(mock.stats).toMatchObject({ charged: 4, conflicts: 0 });
});
