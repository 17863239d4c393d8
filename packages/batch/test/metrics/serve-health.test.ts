import { request } from 'node:http';
import {
  type Health,
  type HealthOptions,
  openDatabase,
  pauseBatch,
  planBatch,
  resumeBatch,
  serveHealth,
} from '@sync3/batch';
import { expect, onTestFinished, test } from 'vitest';
import { kinds } from '../database/fresh-database.ts';
import { startPostgres } from '../database/postgres-cluster.ts';
import { openScene, type Scene, until } from '../work/scene.ts';

async function served({ database }: Pick<Scene, 'database'>, options: HealthOptions = {}) {
  const { url, close } = await serveHealth(database, options);
  onTestFinished(close);
  return async () => {
    const response = await fetch(`${url}/health`);
    return { code: response.status, ...((await response.json()) as Partial<Health>) };
  };
}

test.for(kinds)(
  '/health on %s tells a batch that nobody works on, is held, or is done',
  async (kind) => {
    const scene = await openScene(kind);
    await scene.plan(2);
    const health = await served(scene);
    expect(await health()).toMatchObject({
      code: 503,
      ...{ status: 'fault', batch: 'default', faults: ['heartbeat'], held: null, workers: 0 },
      items: { planned: 2 },
    });
    await pauseBatch(scene.database, 'default');
    const held = await health();
    expect(held).toMatchObject({ code: 503, faults: ['held', 'heartbeat'] });
    // A message may name files of this machine, which has other users.
    expect(held.held).toEqual({ reason: 'person', at: expect.any(String) });
    await resumeBatch(scene.database, 'default');
    await scene.work();
    expect(await health()).toMatchObject({
      code: 200,
      ...{ status: 'ok', faults: [], items: { planned: 0, succeeded: 2 } },
    });
  },
);

test('a batch is well while a worker is alive, and of its own process where that is asked', async () => {
  const scene = await openScene('postgres', { jobDurationMs: 3_600_000 });
  await scene.plan(1);
  const [any, own] = [await served(scene), await served(scene, { isWorker: true })];
  const stop = new AbortController();
  const work = scene.work({ signal: stop.signal });
  await until(async () => (await any()).code === 200);
  expect(await own()).toMatchObject({ code: 200, workers: 1 });
  await scene.database.query('update sync3.worker set pid = 0');
  expect(await any()).toMatchObject({ code: 200, workers: 1 });
  expect(await own()).toMatchObject({ code: 503, faults: ['heartbeat'] });
  stop.abort();
  await work;
});

test('every route refuses another host and another page; there is no other route', async () => {
  const scene = await openScene();
  await scene.plan(1);
  const { url, close } = await serveHealth(scene.database, {
    metrics: (_, response) => void response.end('figures'),
  });
  onTestFinished(close);
  const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
    new Promise((resolve, reject) => {
      const asked = request(new URL(path, url), { headers, method }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      });
      asked.on('error', reject).end();
    });
  for (const path of ['/metrics', '/health', '/']) {
    expect(await ask(path, { host: 'evil.example' })).toBe(403);
    expect(await ask(path, { origin: 'http://evil.example' })).toBe(403);
    expect(await ask(path, {}, 'POST')).toBe(404);
  }
  expect(await ask('/metrics', { host: 'localhost:1' })).toBe(200);
  expect(await ask('/', {})).toBe(404);
});

test('a database that is gone is a fault within seconds, and none when it is back', async () => {
  const cluster = await startPostgres();
  onTestFinished(() => cluster.remove());
  const database = await openDatabase({ databaseUrl: await cluster.createDatabase() });
  onTestFinished(() => database.close());
  await planBatch([], database);
  const health = await served({ database });
  expect(await health()).toMatchObject({ code: 200 });
  await cluster.crash();
  expect(await health()).toEqual({
    code: 503,
    ...{ status: 'fault', batch: 'default', faults: ['database'] },
    ...{ held: null, items: null, workers: null },
  });
  await cluster.start();
  await until(async () => (await health()).code === 200);
});
