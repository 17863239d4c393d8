import {
  type Database,
  DatabaseUnavailableError,
  openDatabase,
  type PostgresOptions,
} from '@sync3/batch';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { openScene, type Scene, until } from './scene.ts';

const urlOf = ({ where }: Scene) => (where as PostgresOptions).databaseUrl;
const nameOf = (scene: Scene) => new URL(urlOf(scene)).pathname.slice(1);

/** A session of somebody else on the database of a scene. */
async function session(scene: Scene): Promise<pg.Client> {
  const client = new pg.Client(urlOf(scene));
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** The pauses that workers have told, without repetitions. */
const pauses = ({ events }: Scene) =>
  events.flatMap((event) =>
    event.event === 'paused' || event.event === 'resumed'
      ? [`${event.event}: ${event.reason}`]
      : [],
  );

const allDone = (count: number) => ({
  ending: 'complete',
  counts: { byState: { succeeded: count, ambiguous: 0, failed: 0 } },
});

test('a batch pauses while its database is read-only, and pays for each item once', async () => {
  const scene = await openScene('postgres', { jobDurationMs: 300 });
  await scene.plan(12);
  const other = await session(scene);
  const setReadOnly = async (isOn: boolean) => {
    await other.query(
      `alter database ${nameOf(scene)} set default_transaction_read_only = ${isOn}`,
    );
    await other.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
      [nameOf(scene)],
    );
  };
  const working = scene.work({ limits: { concurrency: 3 } });
  await until(() => scene.mock.tasks.length >= 3);
  await setReadOnly(true);
  const isTold = () =>
    scene.events.some((event) => event.event === 'paused' && event.message.includes('read-only'));
  await until(() => pauses(scene).length > 0 && isTold());
  await setReadOnly(false);
  expect(await working).toMatchObject(allDone(12));
  expect(scene.mock.stats).toMatchObject({ charged: 12, violations: 0 });
  expect(pauses(scene).at(-1)).toBe('resumed: database');
});

test.each(['repeatable read', 'serializable'])(
  'two workers finish where %s is the default of the role',
  async (level) => {
    const scene = await openScene('postgres');
    await (await session(scene)).query(
      `alter database ${nameOf(scene)} set default_transaction_isolation = '${level}'`,
    );
    const [one, two] = [await scene.connect(), await scene.connect()];
    await scene.plan(20);
    const limits = { concurrency: 8 };
    const ends = await Promise.all([scene.workOn(one, { limits }), scene.workOn(two)]);
    for (const end of ends) expect(end).toMatchObject(allDone(20));
    expect(scene.mock.stats).toMatchObject({ charged: 20, violations: 0 });
  },
);

test('a worker with one connection, and without the right to make tables, finishes', async () => {
  const scene = await openScene('postgres');
  await scene.plan(4);
  // Makes the tables of the queue.
  await scene.work({ signal: AbortSignal.abort() }).catch(() => {});
  const other = await session(scene);
  const role = `worker_${nameOf(scene)}`;
  const schemas = 'schema sync3, sync3_queue';
  await other.query(`create role ${role} login`);
  await other.query(`grant usage on ${schemas} to ${role}`);
  await other.query(`grant select, insert, update, delete on all tables in ${schemas} to ${role}`);
  const url = new URL(urlOf(scene));
  url.username = role;
  const database = await openDatabase({ databaseUrl: url.href, connections: 1 });
  expect(await scene.workOn(database)).toMatchObject(allDone(4));
  await database.close();
  await other.query(`drop owned by ${role}`);
  await other.query(`drop role ${role}`);
});

test('a session that stands still with the row of the batch locked holds others up for seconds only', async () => {
  const scene = await openScene('postgres');
  await scene.plan(3);
  const frozen = await scene.connect();
  let thaw = () => {};
  const standstill = frozen.transaction(async ({ query }) => {
    await query('select 1 from sync3.batch for update');
    await new Promise<void>((resolve) => {
      thaw = resolve;
    });
    await query('select 1');
  });
  const outcome = expect(standstill).rejects.toMatchObject({ name: 'DatabaseUnavailableError' });
  expect(await scene.work()).toMatchObject(allDone(3));
  thaw();
  await outcome;
});

/** The database of a scene, where the first taking of items is recorded and its answer lost. */
function losingFirstTake({ database }: Scene): Database {
  let isLost = false;
  const query: Database['query'] = async (text, ...others) => {
    const rows = await database.query<never>(text, ...others);
    if (isLost || !text.includes('found_in')) return rows;
    isLost = true;
    throw new DatabaseUnavailableError('The answer is lost.', { isOutcomeUnknown: true });
  };
  return Object.create(database, { query: { value: query } });
}

test('on PGlite, where no lease runs out, items whose taking came to no answer are taken again', async () => {
  const scene = await openScene('pglite');
  await scene.plan(2);
  expect(await scene.workOn(losingFirstTake(scene))).toMatchObject(allDone(2));
  expect(scene.mock.stats).toMatchObject({ charged: 2, violations: 0 });
});
