import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../database/fresh-database.ts';
import { openScene } from '../work/scene.ts';
import { spawnWorker } from '../work/spawn-worker.ts';

const preload = fileURLToPath(new URL('fill-disk.ts', import.meta.url));

test('while the disk is full nothing is begun; then every result is delivered', async () => {
  const scene = await openScene();
  await scene.plan(8);
  const flag = join(temporaryFolder(), 'full');
  writeFileSync(flag, '');
  process.env['SYNC3_DISK_FULL'] = flag;
  const { mock, output: outputDirectory } = scene;
  const work = { url: mock.url, outputDirectory, limits: { concurrency: 2 } };
  const worker = spawnWorker(scene.where, work, ['--import', preload]);
  await worker.until(({ event }) => event === 'paused');
  const begun = mock.tasks.length;
  expect(begun).toBeLessThanOrEqual(4);
  const told = worker.events.length;
  const isProgress = ({ event }: { event: string }) => event === 'progress';
  await worker.until(() => worker.events.slice(told).filter(isProgress).length >= 2);
  // What was on its way when the disk was full may still have arrived.
  expect(mock.tasks.length).toBeLessThanOrEqual(4);
  expect(scene.result('clip-1.mp4')).toBeUndefined();
  rmSync(flag);
  expect(await worker.end).toMatchObject({
    ending: 'complete',
    counts: { byState: { succeeded: 8 } },
  });
  const pauses = worker.events.filter(({ event }) => event === 'paused' || event === 'resumed');
  expect(pauses).toMatchObject([
    { event: 'paused', reason: 'disk', message: expect.stringContaining(outputDirectory) },
    { event: 'resumed', reason: 'disk' },
  ]);
  expect(mock.stats).toMatchObject({ submits: 8, charged: 8 });
  for (const { files } of await scene.items()) {
    expect(scene.result(`${files[0]?.name}`)?.length).toBe(files[0]?.bytes);
  }
});
