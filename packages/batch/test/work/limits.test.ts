import { expect, test } from 'vitest';
import { mostAtOnce, requestsOf } from './requests.ts';
import { localItems, openScene, type Scene, until } from './scene.ts';

/** Works with so many workers at the same time, each with connections of its own. */
async function workTogether(scene: Scene, workers: number, limits: object): Promise<void> {
  const others = await Promise.all(Array.from({ length: workers - 1 }, () => scene.connect()));
  const databases = [scene.database, ...others];
  await Promise.all(databases.map((database) => scene.workOn(database, { limits })));
}

/** When items were given to the workers, in ms, the earliest first. No job was submitted before. */
async function releases({ mock, items }: Scene): Promise<number[]> {
  const times = new Map(
    (await items()).map(({ taskUUID, queuedAt }) => [taskUUID, queuedAt?.getTime() ?? Infinity]),
  );
  // The clock of the database is that of this machine.
  for (const { taskUUID, timeline } of mock.tasks) {
    expect(timeline[0]?.at).toBeGreaterThanOrEqual(times.get(taskUUID) ?? Infinity);
  }
  return [...times.values()].sort((a, b) => a - b);
}

test.each([1, 2])(
  '%i workers together have no more jobs under way than allowed',
  async (workers) => {
    const scene = await openScene('postgres', { jobDurationMs: [100, 400] });
    await scene.plan(localItems(20));
    await workTogether(scene, workers, { concurrency: 4 });
    expect(mostAtOnce(scene.mock)).toBeLessThanOrEqual(4);
    expect(mostAtOnce(scene.mock)).toBeGreaterThan(1);
    expect(scene.mock.stats).toMatchObject({ charged: 20, succeeded: 20, submits: 20 });
  },
);

test('the workers of a batch together submit no faster than allowed', async () => {
  const scene = await openScene();
  await scene.plan(localItems(20));
  await workTogether(scene, 2, { concurrency: 20, submitsPerSecond: 5 });
  const times = await releases(scene);
  // The submits of a second may have gathered before the first one; the other 15 take 3 s.
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2_900);
  const inAnySecond = times.map((from) => times.filter((at) => at >= from && at < from + 1000));
  expect(Math.max(...inAnySecond.map(({ length }) => length))).toBeLessThanOrEqual(2 * 5);
});

test('a 429 pauses all workers for as long as it says, and that is told', async () => {
  const scene = await openScene('postgres', { jobDurationMs: [100, 200] });
  await scene.plan(localItems(14));
  const working = workTogether(scene, 2, { concurrency: 4 });
  await until(() => scene.mock.tasks.length >= 6);
  scene.mock.faults.add({ on: 'submit', kind: 'status', status: 429, retryAfterSeconds: 3 });
  await working;
  const [{ end } = { end: 0 }] = await scene.database.query<{ end: number }>(
    'select extract(epoch from paused_until)::double precision * 1000 as end from sync3.batch',
  );
  const times = await releases(scene);
  // Who has asked in the moment before is still let through.
  expect(times.filter((at) => at > end - 2_400 && at < end)).toEqual([]);
  expect(times.filter((at) => at >= end).length).toBeGreaterThan(0);
  const submits = await requestsOf(scene.mock, 'videoInference');
  const { at: refusedAt = 0, tasks: refused = [] } =
    submits.find(({ status }) => status === 429) ?? {};
  const again = submits.find(
    ({ at, tasks }) =>
      at > refusedAt && tasks.some(({ taskUUID }) => taskUUID === refused[0]?.taskUUID),
  );
  expect((again?.at ?? 0) - refusedAt).toBeGreaterThan(2_900);
  expect(scene.mock.stats).toMatchObject({ charged: 14, succeeded: 14 });
  const told = scene.events.filter(({ event }) => event === 'paused' || event === 'resumed');
  expect(told).toContainEqual(expect.objectContaining({ event: 'paused', reason: 'rate' }));
  expect(told.at(-1)).toMatchObject({ event: 'resumed', reason: 'rate' });
});

test('items that were released before a 429 and that nobody has begun wait for the end of the pause', async () => {
  const scene = await openScene();
  await scene.plan(localItems(4));
  await scene.work({ limits: { concurrency: 1 }, signal: AbortSignal.abort() });
  await scene.database.query(`update sync3.item set state = 'queued', queued_at = now()`);
  const from = Date.now();
  await scene.database.query(
    `update sync3.batch set pause_seconds = 2, paused_until = now() + interval '2 seconds'`,
  );
  await scene.work();
  const first = Math.min(...scene.mock.tasks.map(({ timeline }) => timeline[0]?.at ?? 0));
  // The clock of the database is that of this machine.
  expect(first - from).toBeGreaterThan(1_500);
  expect(scene.mock.stats.charged).toBe(4);
});
