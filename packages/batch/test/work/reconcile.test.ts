import { type Item, pauseBatch, resumeBatch } from '@sync3/batch';
import { type LipsyncParams, Sync3 } from '@sync3/sdk';
import { expect, test } from 'vitest';
import { moveItem } from '../../src/ledger/move-item.ts';
import type { TakenItem } from '../../src/ledger/take-items.ts';
import { ruleKinds } from '../database/fresh-database.ts';
import { takePlanned } from '../ledger/take.ts';
import { clientOf, openScene, type Scene } from './scene.ts';

/** Leaves the next item as a worker that dies before or after its submit does. */
async function leaveSubmitting({ database }: Scene): Promise<TakenItem> {
  const [taken] = await takePlanned(database, 1);
  return taken as TakenItem;
}

/** Submits the job of an item as the worker that died has. */
function submitByHand({ mock }: Scene, { parameters, taskUUID }: Item) {
  const params = { ...parameters, taskUUID, includeCost: true } as unknown as LipsyncParams;
  return new Sync3(clientOf(mock)).lipsync.submit(params, { isNew: true });
}

/** Every job was accepted once, and each item has its file. */
async function expectPaidOnceAndDelivered(scene: Scene, count: number): Promise<void> {
  const { mock } = scene;
  const items = await scene.items();
  expect(items.map(({ state, error }) => error ?? state)).toEqual(Array(count).fill('succeeded'));
  expect(mock.stats).toMatchObject({ charged: count, succeeded: count, violations: 0 });
  expect(new Set(items.map(({ taskUUID }) => taskUUID))).toEqual(
    new Set(mock.tasks.map(({ taskUUID }) => taskUUID)),
  );
  for (const { output } of items) expect(scene.result(output)?.length).toBeGreaterThan(0);
}

test('on PGlite rows that were left submitting, with a job, a finished one and none, come to one job each', async () => {
  const scene = await openScene('pglite');
  await scene.plan(4);
  await submitByHand(scene, await leaveSubmitting(scene));
  const task = await submitByHand(scene, await leaveSubmitting(scene));
  await task.wait();
  await leaveSubmitting(scene);
  expect(await scene.work()).toMatchObject({ ending: 'complete' });
  await expectPaidOnceAndDelivered(scene, 4);
  expect(scene.mock.stats.submits).toBe(4);
});

test('a row that was left submitting, whose job the API has, gets that job', async () => {
  const scene = await openScene();
  await scene.plan(1);
  await submitByHand(scene, await leaveSubmitting(scene));
  await scene.work();
  await expectPaidOnceAndDelivered(scene, 1);
  expect(scene.mock.stats).toMatchObject({ submits: 1, conflicts: 0 });
});

test('a row that was left submitting, whose job has finished, is delivered', async () => {
  const scene = await openScene();
  await scene.plan(1);
  await (await submitByHand(scene, await leaveSubmitting(scene))).wait();
  await scene.work();
  await expectPaidOnceAndDelivered(scene, 1);
  expect(scene.mock.stats).toMatchObject({ submits: 1, conflicts: 0 });
});

test('a row that was left submitting, whose job the API does not have, is submitted once', async () => {
  const scene = await openScene();
  await scene.plan(1);
  await leaveSubmitting(scene);
  await scene.work();
  await expectPaidOnceAndDelivered(scene, 1);
  expect(scene.mock.stats).toMatchObject({ submits: 1, conflicts: 0 });
});

test.for(ruleKinds)(
  'on %s a row that was left submitting is not submitted while the batch is held, and is when it goes on',
  async (kind) => {
    const scene = await openScene(kind);
    await scene.plan(3);
    await leaveSubmitting(scene);
    await submitByHand(scene, await leaveSubmitting(scene));
    await pauseBatch(scene.database);
    // The job that is there is waited for and delivered.
    expect(await scene.work()).toMatchObject({
      ending: 'held',
      counts: { byState: { submitting: 1, succeeded: 1, planned: 1 } },
    });
    expect(await scene.item()).toMatchObject({ error: { code: 'HeldBatch', canRetry: false } });
    expect(scene.mock.stats.submits).toBe(1);
    await resumeBatch(scene.database);
    expect(await scene.work()).toMatchObject({ ending: 'complete' });
    await expectPaidOnceAndDelivered(scene, 3);
    expect(scene.mock.stats).toMatchObject({ submits: 3, conflicts: 0 });
  },
);

test('a row that was left submitting, whose job only the archive knows, is delivered from there', async () => {
  const scene = await openScene();
  await scene.plan(1);
  await (await submitByHand(scene, await leaveSubmitting(scene))).wait();
  scene.mock.faults.add({ on: 'poll', kind: 'empty-data', times: 10_000 });
  await scene.work({ jobTimeoutMs: 500 });
  await expectPaidOnceAndDelivered(scene, 1);
  expect(scene.mock.stats.submits).toBe(1);
});

test('the archive is read as the SDK reads an answer: a cost that is empty is none, one in text is a number', async () => {
  const scene = await openScene();
  await scene.plan(2);
  for (const item of [await leaveSubmitting(scene), await leaveSubmitting(scene)]) {
    await (await submitByHand(scene, item)).wait();
  }
  scene.mock.faults.add({ on: 'poll', kind: 'empty-data', times: 10_000 });
  const costs: Record<string, unknown> = { 'clip-1': '', 'clip-2': '0.25' };
  const keyOf = new Map((await scene.items()).map(({ taskUUID, key }) => [taskUUID, key]));
  const archive: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!`${init?.body}`.includes('"getTaskDetails"')) return response;
    const answer = (await response.json()) as {
      data: { taskUUID: string; response: { data: { cost: unknown }[] } }[];
    };
    for (const { taskUUID, response } of answer.data) {
      for (const row of response.data) row.cost = costs[`${keyOf.get(taskUUID)}`];
    }
    return Response.json(answer);
  };
  await scene.work({ client: clientOf(scene.mock, { fetch: archive }), jobTimeoutMs: 500 });
  await expectPaidOnceAndDelivered(scene, 2);
  expect((await scene.items()).map(({ actualCost }) => actualCost)).toEqual([null, 0.25]);
});

test('a job of long ago that only the archive knows is delivered without a wait for the timeout', async () => {
  const scene = await openScene();
  await scene.plan(1);
  const taken = await leaveSubmitting(scene);
  await (await submitByHand(scene, taken)).wait();
  await moveItem(scene.database, taken, 'submitted');
  await scene.database.query(`update sync3.item set submitted_at = now() - interval '1 day'`);
  scene.mock.faults.add({ on: 'poll', kind: 'empty-data', times: 10_000 });
  await scene.work();
  await expectPaidOnceAndDelivered(scene, 1);
});

test('a job whose last answer in the archive is the refusal of a second submit is not submitted again', async () => {
  const scene = await openScene();
  await scene.plan(1);
  const taken = await leaveSubmitting(scene);
  await (await submitByHand(scene, taken)).wait();
  await expect(submitByHand(scene, taken)).resolves.toBeDefined();
  scene.mock.faults.add({ on: 'poll', kind: 'empty-data', times: 10_000 });
  await scene.work({ jobTimeoutMs: 300 });
  expect(await scene.item()).toMatchObject({ state: 'submitted', error: { code: 'SlowJob' } });
  expect(scene.mock.stats.charged).toBe(1);
  scene.mock.faults.clear();
  await scene.work();
  await expectPaidOnceAndDelivered(scene, 1);
});

test.each([
  ['is dropped after the job was accepted', { kind: 'drop-after-accept' }],
  ['is dropped before', { kind: 'drop-before-accept' }],
  ['ends in its middle', { kind: 'truncated-body' }],
  ['is a page of HTML', { kind: 'malformed-body' }],
  ['names nobody', { kind: 'empty-data' }],
  ['is 500', { kind: 'status', status: 500 }],
  ['is 503', { kind: 'status', status: 503 }],
] as const)('jobs are paid for once when the answer to their submit %s', async (_, fault) => {
  const scene = await openScene();
  await scene.plan(3);
  scene.mock.faults.add({ on: 'submit', times: 3, ...fault });
  await scene.work();
  await expectPaidOnceAndDelivered(scene, 3);
});

test('an API that fails for longer than the client tries is waited for, and that is told', async () => {
  const scene = await openScene();
  await scene.plan(1);
  scene.mock.faults.add({ on: 'any', kind: 'status', status: 503, times: 2 });
  scene.mock.faults.add({ on: 'any', kind: 'malformed-body', times: 1 });
  await scene.work({ client: clientOf(scene.mock, { maxRetries: 0 }) });
  await expectPaidOnceAndDelivered(scene, 1);
  const pauses = scene.events.filter(({ event }) => event === 'paused' || event === 'resumed');
  expect(pauses).toMatchObject([
    { event: 'paused', reason: 'network' },
    { event: 'resumed', reason: 'network' },
  ]);
});

test('an item that an earlier run has left ambiguous before it knew of a job is taken up again', async () => {
  const scene = await openScene();
  await scene.plan(2);
  for (const taken of [await leaveSubmitting(scene), await leaveSubmitting(scene)]) {
    if (taken.key === 'clip-1') await submitByHand(scene, taken);
    await moveItem(scene.database, taken, 'ambiguous', {
      error: { code: 'ConnectionError', message: 'No answer.', canRetry: false },
    });
  }
  await scene.work();
  await expectPaidOnceAndDelivered(scene, 2);
});

test('an item that the rules no longer allow fails, unless it may have been sent: that one stays open', async () => {
  const scene = await openScene();
  await scene.plan(2);
  await leaveSubmitting(scene);
  await scene.database.query(`update sync3.item set parameters = '{"inputs":{}}'`);
  await scene.work();
  expect(await scene.item('clip-1')).toMatchObject({
    state: 'ambiguous',
    error: { code: 'ValidationError' },
  });
  expect(await scene.item('clip-2')).toMatchObject({
    state: 'failed',
    error: { code: 'ValidationError' },
  });
  expect(scene.mock.stats.submits).toBe(0);
});

test('an API that refuses to tell whether it has a job leaves the item open, and not failed', async () => {
  const scene = await openScene();
  await scene.plan(1);
  await submitByHand(scene, await leaveSubmitting(scene));
  const refuse: typeof fetch = async (input, init) => {
    if (!`${init?.body}`.includes('"getTaskDetails"')) return fetch(input, init);
    const errors = [{ code: 'unsupportedTaskType', message: 'No such task type.' }];
    return Response.json({ errors }, { status: 400 });
  };
  await scene.work({ client: clientOf(scene.mock, { fetch: refuse }) });
  expect(await scene.item()).toMatchObject({ state: 'ambiguous', settledAt: null });
  await scene.work();
  await expectPaidOnceAndDelivered(scene, 1);
});

test('a job that the API has forgotten becomes ambiguous with a reason, and is never submitted again', async () => {
  const scene = await openScene('postgres', { retentionMs: 60_000 });
  await scene.plan(2);
  const taken = await leaveSubmitting(scene);
  await (await submitByHand(scene, taken)).wait();
  await moveItem(scene.database, taken, 'submitted');
  scene.advance(60_001);

  const summary = await scene.work({ jobTimeoutMs: 5_000 });
  expect(summary).toMatchObject({
    ending: 'complete',
    counts: { byState: { ambiguous: 1, succeeded: 1 } },
  });
  const { taskUUID, ...forgotten } = await scene.item();
  expect(forgotten).toMatchObject({ state: 'ambiguous', error: { code: 'ForgottenJob' } });
  expect(forgotten.error?.message).toContain(taskUUID);
  const warnings = scene.events.filter(({ event }) => event === 'warning');
  expect(warnings).toMatchObject([{ key: 'clip-1' }]);

  const { submits } = scene.mock.stats;
  await scene.work({ jobTimeoutMs: 500 });
  expect(await scene.item()).toMatchObject({ state: 'ambiguous', error: { code: 'ForgottenJob' } });
  expect(scene.mock.stats.submits).toBe(submits);
});
