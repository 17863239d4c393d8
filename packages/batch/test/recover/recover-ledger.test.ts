import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recoverLedger } from '@sync3/batch';
import { expect, test } from 'vitest';
import { findItems } from '../../src/ledger/item.ts';
import { openFresh, ruleKinds } from '../database/fresh-database.ts';
import { clientOf, openScene, tinyItem } from '../work/scene.ts';

const items = Array.from({ length: 6 }, (_, index) => tinyItem(index + 1));

test.each(ruleKinds)(
  'a ledger on %s is rebuilt from the items, the API and the folder, and no job is submitted',
  async (kind) => {
    const scene = await openScene(kind);
    scene.mock.faults.add({ on: 'submit', kind: 'failed-results', times: 1 });
    await scene.plan(items.slice(0, 4));
    await scene.work({ limits: { concurrency: 1 } });
    expect(await scene.item('clip-1')).toMatchObject({ state: 'failed' });
    rmSync(join(scene.output, 'clip-2.mp4'));
    writeFileSync(join(scene.output, 'clip-3.mp4'), 'of somebody else');
    writeFileSync(join(scene.output, 'clip-6.mp4'), 'of somebody else');
    const { submits } = scene.mock.stats;

    const { database } = await openFresh(kind);
    const found = await recoverLedger(database, {
      manifest: items,
      outputDirectory: scene.output,
      client: clientOf(scene.mock),
    });
    expect(found).toMatchObject({
      plan: { planned: 6 },
      ...{ items: 6, delivered: 1, failed: 1, unfetched: 2, underWay: 0, unknown: 1, occupied: 1 },
    });
    expect(scene.mock.stats.submits).toBe(submits);
    const after = await findItems(database, 'true order by id');
    expect(after.map(({ state }) => state)).toEqual([
      ...['failed', 'submitted', 'rendered', 'succeeded', 'planned', 'planned'],
    ]);
    const { files, actualCost, taskUUID } = await scene.item('clip-4');
    expect(after[3]).toMatchObject({ files, actualCost, taskUUID });

    rmSync(join(scene.output, 'clip-3.mp4'));
    rmSync(join(scene.output, 'clip-6.mp4'));
    await scene.workOn(database);
    expect((await findItems(database, 'true order by id')).map(({ state }) => state)).toEqual([
      'failed',
      ...Array(5).fill('succeeded'),
    ]);
    expect(scene.mock.stats.submits).toBe(submits + 2);
  },
);

test('a job that still runs is waited for by the next run', async () => {
  const scene = await openScene('postgres', { jobDurationMs: 60_000 });
  await scene.plan(1);
  const stop = new AbortController();
  await scene.work({
    signal: stop.signal,
    client: clientOf(scene.mock, { hooks: { onPoll: () => stop.abort() } }),
  });
  const { database } = await openFresh('postgres');
  const recover = () =>
    recoverLedger(database, {
      manifest: items.slice(0, 1),
      outputDirectory: scene.output,
      client: clientOf(scene.mock),
    });
  expect(await recover()).toMatchObject({ items: 1, underWay: 1 });
  expect(await recover()).toMatchObject({ plan: { known: 1 }, items: 0 });
  scene.advance(60_001);
  await scene.workOn(database);
  expect(await findItems(database, 'true')).toMatchObject([{ state: 'succeeded' }]);
  expect(scene.mock.stats.submits).toBe(1);
});
