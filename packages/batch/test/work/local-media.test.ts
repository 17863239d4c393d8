import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { retryFailed } from '@sync3/batch';
import { expect, test, vi } from 'vitest';
import { setLimits } from '../../src/ledger/batch-limits.ts';
import { temporaryFolder } from '../database/fresh-database.ts';
import { clientOf, localInputs, localItems, openScene, until, untilMet } from './scene.ts';
import { spawnWorker } from './spawn-worker.ts';
import { tinyVoice } from './tiny-media.ts';

test('a file that many items use is uploaded once, while another worker needs it too', async () => {
  const scene = await openScene();
  await scene.plan(localItems(12));
  let isUploading = false;
  let goOn = () => {};
  const otherHasCome = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  // Only what is uploaded is sent as a stream.
  const hold: typeof fetch = async (input, init) => {
    if (init?.body instanceof ReadableStream) {
      isUploading = true;
      await otherHasCome;
    }
    return fetch(input, init);
  };
  const client = clientOf(scene.mock, { fetch: hold });
  const first = scene.work({ limits: { concurrency: 1 }, client });
  await until(() => isUploading);
  const database = await scene.connect();
  const { mock: asked } = vi.spyOn(database, 'query');
  const second = scene.workOn(database);
  await untilMet(scene, 2);
  await setLimits(scene.database, 'default', { concurrency: 12 });
  await until(() => asked.calls.some(([text]) => text.includes('update sync3.upload')));
  goOn();
  await Promise.all([first, second]);
  expect(scene.mock.stats).toMatchObject({ uploads: 2, charged: 12, succeeded: 12 });
});

test('files with the same content are uploaded once, and what was uploaded serves later runs', async () => {
  const scene = await openScene();
  const inputs = localInputs();
  const copy = join(temporaryFolder(), 'copy.wav');
  writeFileSync(copy, tinyVoice());
  await scene.plan([
    { key: 'one', params: { inputs } },
    { key: 'copy', params: { inputs: { ...inputs, audio: copy } } },
  ]);
  await scene.work();
  expect(scene.mock.stats).toMatchObject({ uploads: 2, succeeded: 2 });
  await scene.plan([{ key: 'later', params: { inputs: { ...inputs, audio: copy } } }]);
  await scene.work();
  expect(scene.mock.stats).toMatchObject({ uploads: 2, succeeded: 3 });
});

test('an upload that fails is tried again', async () => {
  const scene = await openScene();
  await scene.plan(localItems(3));
  scene.mock.faults.add({ on: 'upload', kind: 'drop-before-accept', times: 2 });
  scene.mock.faults.add({ on: 'upload', kind: 'status', status: 503 });
  await scene.work();
  expect(scene.mock.stats).toMatchObject({ uploads: 2, charged: 3, succeeded: 3 });
});

test('a file that was changed or removed since it was planned fails its items, without a job', async () => {
  const scene = await openScene();
  const [changed, gone, kept] = [localInputs(), localInputs(), localInputs()];
  writeFileSync(changed.audio, tinyVoice(300));
  writeFileSync(gone.audio, tinyVoice(400));
  await scene.plan([
    { key: 'changed', params: { inputs: changed } },
    { key: 'gone', params: { inputs: gone } },
    { key: 'as it was', params: { inputs: kept } },
  ]);
  writeFileSync(changed.audio, tinyVoice(500));
  rmSync(gone.audio);
  const { ending } = await scene.work();
  expect(ending).toBe('complete');
  expect(await scene.item('changed')).toMatchObject({
    state: 'failed',
    error: { code: 'MediaUnusableError', message: expect.stringContaining('has been changed') },
  });
  expect(await scene.item('gone')).toMatchObject({
    state: 'failed',
    error: { code: 'MediaUnusableError', message: expect.stringContaining('There is no file') },
  });
  expect(await scene.item('as it was')).toMatchObject({ state: 'succeeded' });
  expect(scene.mock.stats).toMatchObject({ submits: 1, charged: 1 });
});

test('an upload whose worker was killed is begun anew by the next within seconds', async () => {
  const scene = await openScene();
  await scene.plan(localItems(1));
  scene.mock.faults.add({ on: 'upload', kind: 'stall' });
  const { mock, output: outputDirectory } = scene;
  const killed = spawnWorker(scene.where, { url: mock.url, outputDirectory });

  await until(() => scene.mock.stats.faults === 1);
  killed.child.kill('SIGKILL');
  await killed.end;
  await scene.work();
  expect(await scene.item()).toMatchObject({ state: 'succeeded' });
  expect(mock.stats.charged).toBe(1);
});

test('a file that the API has dropped is uploaded anew for whoever needs it next', async () => {
  const scene = await openScene('postgres', { retentionMs: 60_000 });
  const inputs = localInputs();
  await scene.plan([{ key: 'early', params: { inputs } }]);
  await scene.work();
  scene.advance(3_600_000);
  await scene.plan([{ key: 'late', params: { inputs } }]);
  await scene.work();
  expect(await scene.item('late')).toMatchObject({
    state: 'failed',
    error: { code: 'mediaNotFound' },
  });
  expect(await retryFailed(scene.database)).toBe(1);
  await scene.work();
  expect(await scene.item('late')).toMatchObject({ state: 'succeeded', retries: 1 });
  expect(scene.mock.stats.uploads).toBe(4);
});

test('a retry takes a file that was replaced, with and without the manifest, and never the old upload', async () => {
  const scene = await openScene();
  const inputs = localInputs();
  await scene.plan([{ key: 'clip', params: { inputs } }, { params: { inputs } }]);
  scene.mock.faults.add({
    on: 'submit',
    kind: 'failed-results',
    code: 'inputUnreadable',
  });
  await scene.work();
  scene.mock.faults.clear();
  const before = await scene.items();
  expect(before.map(({ state }) => state)).toEqual(['failed', 'failed']);
  writeFileSync(inputs.audio, tinyVoice(700));
  expect(await retryFailed(scene.database)).toBe(2);
  await scene.work();
  const after = await scene.items();
  for (const [index, item] of after.entries()) {
    expect(item).toMatchObject({ state: 'succeeded', retries: 1 });
    expect(item.media[1]?.sha256).not.toBe(before[index]?.media[1]?.sha256);
    expect(item.parameters).toMatchObject({ inputs: { audio: `sha256:${item.media[1]?.sha256}` } });
  }
  expect(after[0]?.key).toBe('clip');
  expect(scene.mock.stats).toMatchObject({ uploads: 3, submits: 4, succeeded: 2 });
  // As the manifest has it by now.
  await scene.plan([{ key: 'clip', params: { inputs } }, { params: { inputs } }]);
  expect(await scene.items()).toEqual(after);
});
