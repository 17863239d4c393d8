import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planBatch, retryFailed } from '@sync3/batch';
import { expect, test } from 'vitest';
import { findItems } from '../../src/ledger/item.ts';
import { type kinds, openFresh, ruleKinds } from '../database/fresh-database.ts';
import { openScene, type Scene, tinyItem } from '../work/scene.ts';

const items = (count: number) => Array.from({ length: count }, (_, index) => tinyItem(index + 1));

/** A new ledger for the same batch, as after the old one was deleted. */
async function planAnew(kind: (typeof kinds)[number], count: number) {
  const { database } = await openFresh(kind);
  await planBatch(items(count), database);
  return database;
}

const statesOf = async (database: Scene['database']) =>
  (await findItems(database, 'true order by id')).map(({ state, error }) => error?.code ?? state);

test.each(ruleKinds)(
  'a ledger on %s that is lost with all results in the folder is made again without a job',
  async (kind) => {
    const scene = await openScene(kind);
    await scene.plan(5);
    await scene.work();
    const anew = await planAnew(kind, 5);
    await scene.workOn(anew);
    expect(await statesOf(anew)).toEqual(Array(5).fill('succeeded'));
    expect(scene.mock.stats).toMatchObject({ submits: 5, charged: 5 });
    const before = await scene.items();
    const after = await findItems(anew, 'true order by id');
    expect(after.map(({ files }) => files)).toEqual(before.map(({ files }) => files));
    expect(after.map(({ actualCost }) => actualCost)).toEqual(
      before.map(({ actualCost }) => actualCost),
    );
  },
);

test.each(ruleKinds)(
  'a ledger on %s from the middle of the run comes to the same jobs',
  async (kind) => {
    const scene = await openScene(kind);
    await scene.plan(4);
    await scene.work();
    // As a copy that was made before the last two were submitted has it.
    await scene.database.query(
      `update sync3.item set state = 'planned', attempts = 0, files = '[]', queued_at = null,
      submitted_at = null, rendered_at = null, settled_at = null where key in ('clip-3', 'clip-4')`,
    );
    await scene.work();
    expect(await statesOf(scene.database)).toEqual(Array(4).fill('succeeded'));
    expect(scene.mock.stats).toMatchObject({ submits: 4, charged: 4 });
  },
);

test('a lost ledger whose results were moved away fetches them again, and a retry pays for nothing', async () => {
  const scene = await openScene();
  await scene.plan(3);
  await scene.work();
  mkdirSync(`${scene.output}-moved`);
  for (const n of [1, 2]) {
    renameSync(join(scene.output, `clip-${n}.mp4`), join(`${scene.output}-moved`, `clip-${n}.mp4`));
  }
  const anew = await planAnew('postgres', 3);
  await scene.workOn(anew);
  expect(await retryFailed(anew)).toBe(0);
  expect(await statesOf(anew)).toEqual(Array(3).fill('succeeded'));
  expect(scene.result('clip-1.mp4')?.length).toBeGreaterThan(0);
  expect(scene.mock.stats.charged).toBe(3);
});

test('a result of a retry that only the lost ledger knew of is taken as delivered', async () => {
  const scene = await openScene();
  await scene.plan(1);
  scene.mock.faults.add({ on: 'submit', kind: 'failed-results', times: 1 });
  await scene.work();
  expect(await retryFailed(scene.database)).toBe(1);
  await scene.work();
  const { taskUUID, files } = await scene.item();
  const anew = await planAnew('postgres', 1);
  await scene.workOn(anew);
  const [item] = await findItems(anew, 'true');
  expect(item).toMatchObject({ state: 'succeeded', retries: 1, taskUUID, files });
  expect(scene.mock.stats.submits).toBe(2);
});

test('an item that failed before it was submitted keeps its taskUUID when it is tried again', async () => {
  const scene = await openScene();
  await scene.plan(1);
  mkdirSync(scene.output, { recursive: true });
  writeFileSync(join(scene.output, 'clip-1.mp4'), 'of somebody else');
  await scene.work();
  const { taskUUID, state } = await scene.item();
  expect(state).toBe('failed');
  renameSync(join(scene.output, 'clip-1.mp4'), join(scene.output, 'moved.mp4'));
  expect(await retryFailed(scene.database)).toBe(1);
  await scene.work();
  expect(await scene.item()).toMatchObject({ state: 'succeeded', retries: 0, taskUUID });
  expect(scene.mock.stats).toMatchObject({ submits: 1, charged: 1 });
});

test('a job that the API has stays with its item when another file has its place', async () => {
  const scene = await openScene();
  await scene.plan(1);
  await scene.work();
  const path = join(scene.output, 'clip-1.mp4');
  writeFileSync(path, 'of somebody else');
  const anew = await planAnew('postgres', 1);
  await scene.workOn(anew);
  expect(await statesOf(anew)).toEqual(['OutputExistsError']);
  renameSync(path, join(scene.output, 'moved.mp4'));
  expect(await retryFailed(anew)).toBe(0);
  await scene.workOn(anew);
  expect(await statesOf(anew)).toEqual(['succeeded']);
  expect(scene.mock.stats.charged).toBe(1);
});
