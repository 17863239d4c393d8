import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { restoreFiles, type WorkEvent } from '@sync3/batch';
import { expect, test } from 'vitest';
import { clientOf, openScene } from '../work/scene.ts';

/** Three delivered items. */
async function openDelivered() {
  const scene = await openScene('postgres', { retentionMs: 60_000 });
  await scene.plan(3);
  await scene.work();
  const events: WorkEvent[] = [];
  const before = await scene.items();
  const contents = before.map(({ output }) => scene.result(output));
  return {
    ...scene,
    before,
    contents,
    told: events,
    pathOf: (name: string) => join(scene.output, name),
    restore: () =>
      restoreFiles(scene.database, {
        outputDirectory: scene.output,
        client: clientOf(scene.mock),
        onEvent: (event) => events.push(event),
      }),
  };
}

test('files that are as they were delivered are left alone, and the API is asked nothing', async () => {
  const scene = await openDelivered();
  const { requests } = scene.mock.stats;
  expect(await scene.restore()).toEqual({ checked: 3, restored: 0, lost: 0 });
  expect(scene.mock.stats.requests).toBe(requests);
});

test('files that are missing or changed are downloaded again, without a new job', async () => {
  const scene = await openDelivered();
  rmSync(scene.pathOf('clip-1.mp4'));
  appendFileSync(scene.pathOf('clip-2.mp4'), 'changed');
  expect(await scene.restore()).toEqual({ checked: 3, restored: 2, lost: 0 });
  expect(scene.before.map(({ output }) => scene.result(output))).toEqual(scene.contents);
  expect(scene.mock.stats).toMatchObject({ submits: 3, charged: 3 });
  expect(await scene.restore()).toMatchObject({ restored: 0 });
});

test('a file is restored from the archive when the job is known only there', async () => {
  const scene = await openDelivered();
  rmSync(scene.pathOf('clip-1.mp4'));
  scene.mock.faults.add({ on: 'poll', kind: 'empty-data', times: 100 });
  expect(await scene.restore()).toEqual({ checked: 3, restored: 1, lost: 0 });
  expect(scene.result('clip-1.mp4')).toEqual(scene.contents[0]);
});

test('a file that the API no longer has is lost, with a warning, and its item stays as it is', async () => {
  const scene = await openDelivered();
  rmSync(scene.pathOf('clip-1.mp4'));
  scene.advance(60_001);
  expect(await scene.restore()).toEqual({ checked: 3, restored: 0, lost: 1 });
  expect(scene.told).toMatchObject([
    { event: 'warning', key: 'clip-1', message: expect.stringContaining('no longer has it') },
  ]);
  expect(await scene.items()).toEqual(scene.before);
  expect(scene.mock.stats.submits).toBe(3);
});
