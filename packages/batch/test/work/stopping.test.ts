import { findWorkers } from '@sync3/batch';
import { expect, test } from 'vitest';
import { openScene, type Scene, until } from './scene.ts';
import { spawnWorker } from './spawn-worker.ts';

/** Whether so many jobs are recorded as submitted. */
async function hasSubmitted({ items }: Scene, count: number): Promise<boolean> {
  return (await items()).filter(({ state }) => state === 'submitted').length >= count;
}

function expectPaidOnce({ mock }: Scene, count: number): void {
  expect(mock.stats).toMatchObject({ submits: count, charged: count, succeeded: count });
  expect(new Set(mock.tasks.map(({ taskUUID }) => taskUUID)).size).toBe(count);
}

test('a run that is stopped leaves its jobs to the next, which finds them again', async () => {
  const scene = await openScene('postgres', { jobDurationMs: 600_000 });
  await scene.plan(6);
  const stop = new AbortController();
  const running = scene.work({ limits: { concurrency: 3 }, signal: stop.signal });
  await until(() => hasSubmitted(scene, 3));
  stop.abort();
  expect(await running).toMatchObject({ ending: 'stopped', counts: { byState: { planned: 3 } } });
  expect(await findWorkers(scene.database, 'default')).toEqual([]);
  scene.advance(600_000);
  const next = scene.work();
  await until(() => scene.mock.tasks.length === 6);
  scene.advance(600_000);
  expect(await next).toMatchObject({ ending: 'complete' });
  expectPaidOnce(scene, 6);
});

test('a signal that fired before the run keeps everything as it is', async () => {
  const scene = await openScene();
  await scene.plan(2);
  const summary = await scene.work({ signal: AbortSignal.abort() });
  expect(summary).toMatchObject({ ending: 'stopped', counts: { byState: { planned: 2 } } });
  expect(scene.mock.stats.requests).toBe(0);
});

/** Two workers, of which the one that has all items is to end while their jobs run. */
async function startTwo() {
  const scene = await openScene('postgres', { jobDurationMs: 600_000 });
  await scene.plan(4);
  const work = { url: scene.mock.url, outputDirectory: scene.output };
  const leaving = spawnWorker(scene.where, work);
  await until(() => hasSubmitted(scene, 4));
  const staying = scene.work();
  await until(async () => (await findWorkers(scene.database, 'default')).length === 2);
  const [{ workerId } = {}] = await scene.items();
  const areTakenOver = async () =>
    (await scene.items()).every((item) => item.workerId !== workerId);
  expect(await areTakenOver()).toBe(false);
  return { scene, leaving, staying, areTakenOver };
}

test('the items of a worker that is told to end go to another at once', async () => {
  const { scene, leaving, staying, areTakenOver } = await startTwo();
  leaving.child.kill('SIGTERM');
  expect(await leaving.end).toMatchObject({ ending: 'stopped' });
  await until(areTakenOver);
  const [{ seconds } = { seconds: Infinity }] = await scene.database.query<{ seconds: number }>(
    `select extract(epoch from max(item.updated_at) - max(stopped_at))::integer as seconds
    from sync3.item, sync3.worker`,
  );
  // Otherwise it would be when the leases have ended, after ten.
  expect(seconds).toBeLessThan(8);
  scene.advance(600_000);
  expect(await staying).toMatchObject({ ending: 'complete' });
  expectPaidOnce(scene, 4);
});

test('the items of a worker that is killed go to another when it has been silent for a while', async () => {
  const { scene, leaving, staying, areTakenOver } = await startTwo();
  leaving.child.kill('SIGKILL');
  expect(await leaving.end).toBeUndefined();
  await until(areTakenOver);
  scene.advance(600_000);
  expect(await staying).toMatchObject({
    ending: 'complete',
    counts: { byState: { succeeded: 4 } },
  });
  expectPaidOnce(scene, 4);
});
