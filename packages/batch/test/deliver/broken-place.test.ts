import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConnectionError, Sync3Error } from '@sync3/sdk';
import { expect, test, vi } from 'vitest';
import { DiskPause } from '../../src/deliver/disk-pause.ts';
import { FolderPlace } from '../../src/deliver/folder-place.ts';
import { temporaryFolder } from '../database/fresh-database.ts';
import { openScene, type Scene, tinyItem, until } from '../work/scene.ts';
import { spawnWorker } from '../work/spawn-worker.ts';
import { hurry } from './hurry.ts';

const preload = fileURLToPath(new URL('break-disk.ts', import.meta.url));

function pausesOf(events: readonly { event: string }[]) {
  return events.filter(({ event }) => event === 'paused' || event === 'resumed');
}

function replaceByFile(output: string): void {
  renameSync(output, `${output}-old`);
  writeFileSync(output, '');
}

async function expectAllDelivered(scene: Scene, count: number): Promise<void> {
  expect(scene.mock.stats).toMatchObject({ submits: count, charged: count });
  for (const { state, files } of await scene.items()) {
    expect(state).toBe('succeeded');
    expect(scene.result(`${files[0]?.name}`)?.length).toBe(files[0]?.bytes);
  }
}

test.each([
  ['is full', 'ENOSPC', 'disk'],
  ['becomes read-only', 'EROFS', 'output'],
])(
  'while the disk %s nothing is begun; then every result is delivered',
  async (_, code, reason) => {
    const scene = await openScene();
    await scene.plan(6);
    const flag = join(temporaryFolder(), 'fault');
    writeFileSync(flag, code);
    process.env['SYNC3_DISK_FAULT'] = flag;
    const { mock, output: outputDirectory } = scene;
    const work = { url: mock.url, outputDirectory, limits: { concurrency: 2 } };
    const worker = spawnWorker(scene.where, work, ['--import', preload]);
    await worker.until(({ event }) => event === 'paused');
    const begun = mock.tasks.length;
    expect(begun).toBeLessThanOrEqual(4);
    const told = worker.events.length;
    const isProgress = ({ event }: { event: string }) => event === 'progress';
    await worker.until(() => worker.events.slice(told).filter(isProgress).length >= 2);
    // What was on its way when the disk failed may still have arrived.
    expect(mock.tasks.length).toBeLessThanOrEqual(4);
    expect(scene.result('clip-1.mp4')).toBeUndefined();
    rmSync(flag);
    expect(await worker.end).toMatchObject({
      ending: 'complete',
      missingFiles: 0,
      counts: { byState: { succeeded: 6 } },
    });
    expect(pausesOf(worker.events)).toMatchObject([
      { event: 'paused', reason, message: expect.stringContaining(outputDirectory) },
      { event: 'resumed', reason },
    ]);
    await expectAllDelivered(scene, 6);
  },
);

test.each(['EACCES', 'EPERM', 'EROFS', 'EIO', 'ENOSPC', 'EDQUOT', 'EMFILE'])(
  'what fails with %s prevents every delivery, also when the error of a download wraps it',
  async (code) => {
    const folder = temporaryFolder();
    const cause = Object.assign(new Error(code), { code, syscall: 'open' });
    const wrapped = new Sync3Error('Cannot write.', { cause });
    const obstacle = await new FolderPlace(folder).obstacleOf(wrapped);
    expect(obstacle?.message).toContain(folder);
  },
);

test.each(['ENAMETOOLONG', 'EISDIR', 'ENOENT', 'ENOTDIR', 'EEXIST'])(
  'what fails with %s is about one result, unless the output folder is gone',
  async (code) => {
    const error = Object.assign(new Error(code), { code, syscall: 'open' });
    const folder = temporaryFolder();
    expect(await new FolderPlace(folder).obstacleOf(error)).toBeUndefined();
    const gone = new FolderPlace(join(folder, 'gone'));
    expect(await gone.obstacleOf(error)).toMatchObject({ reason: 'output' });
  },
);

test('a connection that a firewall refuses with EACCES is no matter of the folder', async () => {
  const cause = Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'connect' });
  const error = new ConnectionError('No connection.', { cause });
  expect(await new FolderPlace(temporaryFolder()).obstacleOf(error)).toBeUndefined();
});

test.each([
  ['is removed', (output: string) => rmSync(output, { recursive: true })],
  ['is a file', replaceByFile],
])(
  'when the output folder %s in mid-run nothing is begun until it is back, and all files are there at the end',
  async (_, remove) => {
    hurry();
    const scene = await openScene();
    await scene.plan(8);
    let isPaused = false;
    const working = scene.work({
      limits: { concurrency: 2 },
      onEvent: (event) => {
        scene.events.push(event);
        if (event.event === 'item' && event.item.key === 'clip-2') remove(scene.output);
        if (event.event === 'paused') isPaused = true;
      },
    });
    await until(() => isPaused);
    const progress = () => scene.events.filter(({ event }) => event === 'progress').length;
    const told = progress();
    await until(() => progress() >= told + 2);
    expect(scene.mock.tasks.length).toBeLessThan(8);
    rmSync(scene.output, { force: true });
    mkdirSync(scene.output);
    expect(await working).toMatchObject({ ending: 'complete', missingFiles: 0 });
    expect(pausesOf(scene.events)).toMatchObject([
      { event: 'paused', reason: 'output', message: expect.stringContaining('is gone') },
      { event: 'resumed', reason: 'output' },
    ]);
    await expectAllDelivered(scene, 8);
  },
);

test('a folder that is back before anybody looked costs nothing but a second attempt', async () => {
  const place = new FolderPlace(temporaryFolder());
  const disk = new DiskPause(() => {});
  const signal = new AbortController().signal;
  const gone = Object.assign(new Error('ENOENT'), { code: 'ENOENT', syscall: 'link' });
  const fail = () => Promise.reject(gone);
  const write = vi.fn(async () => 'written').mockImplementationOnce(fail);
  expect(await disk.whileBlocked(write, place, signal)).toBe('written');
  const neverThere = vi.fn(fail);
  await expect(disk.whileBlocked(neverThere, place, signal)).rejects.toBe(gone);
  expect(neverThere).toHaveBeenCalledTimes(2);
});

test('files that are removed when all are delivered are downloaded again before the run ends', async () => {
  const scene = await openScene();
  await scene.plan(3);
  let delivered = 0;
  const summary = await scene.work({
    onEvent: ({ event }) => {
      if (event === 'item') delivered += 1;
      if (event === 'item' && delivered === 3) rmSync(scene.output, { recursive: true });
    },
  });
  expect(summary).toMatchObject({ ending: 'complete', missingFiles: 0 });
  await expectAllDelivered(scene, 3);
});

test('a file that was removed and that the API no longer has is told, and counted', async () => {
  const scene = await openScene('postgres', { retentionMs: 60_000 });
  await scene.plan([tinyItem(1)]);
  await scene.work();
  rmSync(join(scene.output, 'clip-1.mp4'));
  scene.advance(60_001);
  await scene.plan([tinyItem(2)]);
  expect(await scene.work()).toMatchObject({ ending: 'complete', missingFiles: 1 });
  expect(scene.events.filter(({ event }) => event === 'warning')).toMatchObject([
    { key: 'clip-1', message: expect.stringContaining('missing') },
  ]);
});
