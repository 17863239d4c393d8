import { expect, test } from 'vitest';
import { mostAtOnce } from './requests.ts';
import { localItems, openScene, until, untilMet } from './scene.ts';

test('four workers that wait for items share them evenly, and submit each once', async () => {
  const scene = await openScene('postgres', { jobDurationMs: 300 });
  const others = await Promise.all([scene.connect(), scene.connect(), scene.connect()]);
  const stop = new AbortController();
  const options = { limits: { concurrency: 8 }, stay: true, signal: stop.signal };
  const working = Promise.all(
    [scene.database, ...others].map((database) => scene.workOn(database, options)),
  );
  await untilMet(scene, 4);
  await scene.plan(localItems(80));
  await until(async () => (await scene.items()).every(({ settledAt }) => settledAt !== null));
  stop.abort();
  expect((await working).map(({ ending }) => ending)).toEqual(Array(4).fill('stopped'));

  const shares = await scene.database.query<{ size: number }>(
    'select count(*) as size from sync3.item group by worker_id',
  );
  const sizes = shares.map(({ size }) => size);
  expect(sizes).toHaveLength(4);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * Math.min(...sizes));
  const submitted = scene.mock.tasks.map(({ taskUUID }) => taskUUID);
  expect(new Set(submitted).size).toBe(80);
  expect(scene.mock.stats).toMatchObject({ submits: 80, charged: 80, succeeded: 80, uploads: 2 });
  expect(mostAtOnce(scene.mock)).toBeLessThanOrEqual(8);
});
