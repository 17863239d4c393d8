import { type Database, type Item, itemLife, resumeBatch, retryFailed } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { ruleKinds } from '../database/fresh-database.ts';
import { answering, refusal } from './answering.ts';
import { clientOf, openScene, type Scene, until } from './scene.ts';

const statesOf = (items: readonly Item[]) => items.map(({ state }) => state);
const reasonOf = async ({ database }: Pick<Scene, 'database'>) =>
  (await itemLife(database, 'default', 'clip-1')).held?.reason;

describe.each(ruleKinds)('on %s', (kind) => {
  test('what refuses all items alike holds the batch, and costs no item its place', async () => {
    const scene = await openScene(kind);
    await scene.plan(12);
    const client = answering(scene, 'videoInference', async () => {
      return new Response('<h1>Not Found</h1>', { status: 404 });
    });
    const summary = await scene.work({ client, limits: { concurrency: 3 } });
    expect(summary).toMatchObject({
      ending: 'held',
      held: { reason: 'refusals', code: 'refused', message: expect.stringContaining('HTTP 404') },
    });
    expect(statesOf(await scene.items())).toEqual(Array(12).fill('planned'));
    expect(scene.events.filter(({ event }) => event === 'item')).toEqual([]);
    expect(scene.events).toContainEqual(expect.objectContaining({ event: 'held' }));

    expect(await scene.work()).toMatchObject({ ending: 'complete' });
    expect(statesOf(await scene.items())).toEqual(Array(12).fill('succeeded'));
    expect(scene.mock.stats).toMatchObject({ submits: 12, charged: 12 });
  });

  test('jobs that fail in a row of one cause hold the batch, which says what it has cost', async () => {
    const scene = await openScene(kind);
    await scene.plan(9);
    const fault = { on: 'submit', kind: 'failed-results', code: 'noFaceFound', times: 9 } as const;
    scene.mock.faults.add(fault);
    const limits = { concurrency: 1, maxFailures: 3 };
    const summary = await scene.work({ limits });
    expect(summary).toMatchObject({
      ending: 'held',
      held: { reason: 'failures', code: 'noFaceFound', message: expect.stringContaining(' USD ') },
      counts: { byState: { failed: 3, planned: 6 } },
    });
    // To run it again is no decision.
    expect(await scene.work()).toMatchObject({ ending: 'held' });
    expect(scene.mock.stats.submits).toBe(3);
    await resumeBatch(scene.database);
    expect(await scene.work()).toMatchObject({ ending: 'held' });
    expect(scene.mock.stats.submits).toBe(6);
    expect(await scene.work({ limits: { maxFailures: null } })).toMatchObject({
      ending: 'complete',
      counts: { byState: { failed: 9 } },
    });
  });
});

/** The database of a scene, where the failure of an item is recorded once the batch is held. */
function failingLate({ database }: Scene, itemId: number): Database {
  const query: Database['query'] = async (text, values, options) => {
    const isLate = values?.[0] === itemId && values[3] === 'failed' && text.includes('last_move');
    if (isLate) await until(async () => (await reasonOf({ database })) !== undefined);
    return database.query<never>(text, values, options);
  };
  return Object.create(database, { query: { value: query } });
}

test('an item whose refusal comes when the batch is held already is planned again like the others', async () => {
  const scene = await openScene();
  await scene.plan(8);
  const client = answering(scene, 'videoInference', async (tasks) => refusal(tasks, 'tooLong'));
  const { id } = await scene.item('clip-2');
  const summary = await scene.workOn(failingLate(scene, id), { client });
  expect(summary).toMatchObject({ ending: 'held', held: { reason: 'refusals' } });
  expect(statesOf(await scene.items())).toEqual(Array(8).fill('planned'));
  expect(scene.events.filter(({ event }) => event === 'item')).toEqual([]);
});

test('items that are refused alike for a reason of their own fail when a person lets the batch go on', async () => {
  const scene = await openScene();
  await scene.plan(8);
  const client = answering(scene, 'videoInference', async (tasks) => refusal(tasks, 'tooLong'));
  expect(await scene.work({ client })).toMatchObject({ ending: 'held' });
  await resumeBatch(scene.database);
  expect(await scene.work({ client })).toMatchObject({ ending: 'complete' });
  expect(statesOf(await scene.items())).toEqual(Array(8).fill('failed'));
  expect(scene.events.filter(({ event }) => event === 'item')).toHaveLength(8);
});

test('a few refused items among accepted ones fail, and nothing is held', async () => {
  const scene = await openScene();
  await scene.plan(12);
  const bad = new Set((await scene.items()).slice(2, 8).map(({ taskUUID }) => taskUUID));
  const client = answering(scene, 'videoInference', async (tasks) =>
    tasks.some(({ taskUUID }) => bad.has(taskUUID)) ? refusal(tasks, 'tooLong') : undefined,
  );
  const summary = await scene.work({ client, limits: { concurrency: 1 } });
  expect(summary).toMatchObject({
    ending: 'complete',
    counts: { byState: { failed: 6, succeeded: 6 } },
  });
});

test('a worker that stays waits while the batch is held for credits, and goes on when it is released', async () => {
  const scene = await openScene();
  await scene.plan(4);
  let isRich = false;
  const client = answering(scene, 'videoInference', async (tasks) =>
    isRich ? undefined : refusal(tasks, 'insufficientCredits', 402),
  );
  const stop = new AbortController();
  const working = scene.work({ client, stay: true, signal: stop.signal });
  await until(async () => (await reasonOf(scene)) === 'credits');
  await until(async () => (await scene.items()).every(({ state }) => state === 'planned'));
  isRich = true;
  await resumeBatch(scene.database);
  await until(async () => (await scene.items()).every(({ state }) => state === 'succeeded'));
  stop.abort();
  expect(await working).toMatchObject({ ending: 'stopped' });
  expect(scene.mock.stats).toMatchObject({ charged: 4 });
});

test('a failure that passes is followed by a new job, at most so often; another is not', async () => {
  const scene = await openScene();
  await scene.plan(2);
  const failed = { on: 'submit', kind: 'failed-results' } as const;
  scene.mock.faults.add({ ...failed, code: 'timeoutProvider' });
  scene.mock.faults.add({ ...failed, code: 'tooManyFaces' });
  const retryRules = [{ meanings: ['attempt'], most: 2, delayMs: 200 }] as const;
  await scene.work({ retryRules, limits: { concurrency: 1 } });
  const [first, second] = await scene.items();
  expect(first).toMatchObject({ state: 'succeeded', retries: 1, automaticRetries: 1 });
  expect(second).toMatchObject({ state: 'failed', retries: 0, error: { code: 'tooManyFaces' } });
  expect(scene.mock.stats.submits).toBe(3);

  scene.mock.faults.add({ ...failed, code: 'timeoutProvider', times: 10 });
  await scene.plan(3);
  await scene.work({ retryRules });
  expect(await scene.item('clip-3')).toMatchObject({ state: 'failed', automaticRetries: 2 });
  expect(scene.mock.stats.submits).toBe(6);
});

test('what was refused for its parameters is not tried again by itself', async () => {
  const scene = await openScene();
  await scene.plan(2);
  const client = answering(scene, 'videoInference', async (tasks) => refusal(tasks, 'tooLong'));
  await scene.work({ client });
  expect(await retryFailed(scene.database)).toBe(0);
  expect(await retryFailed(scene.database, 'default', { all: true })).toBe(2);
  expect(await scene.work({ client: clientOf(scene.mock) })).toMatchObject({ ending: 'complete' });
  expect(statesOf(await scene.items())).toEqual(['succeeded', 'succeeded']);
});
