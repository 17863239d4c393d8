import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clientOf, openScene, type Scene, tinyItem } from '../work/scene.ts';
import { startFileHost } from './file-host.ts';
import { hurry } from './hurry.ts';

/** Writes a file that is none of the batch's. */
function writeForeign({ output }: Scene, name = 'clip-1.mp4'): void {
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, name), 'of somebody else');
}

test('a download that fails is tried again, with a new URL', async () => {
  hurry();
  const scene = await openScene();
  const host = await startFileHost(scene.mock);
  await scene.plan(1);
  host.answer = (_, response) => {
    if (host.asked.length > 3) return false;
    if (host.asked.length === 1) response.destroy();
    else if (host.asked.length === 2) response.writeHead(403).end('expired');
    else {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write('cut', () => response.destroy());
    }
    return true;
  };
  let polls = 0;
  const client = clientOf(host, {
    hooks: {
      onRequest: ({ tasks }) => {
        if (host.asked.length > 0 && tasks[0]?.taskType === 'getResponse') polls += 1;
      },
    },
  });
  await scene.work({ client });
  expect(await scene.item()).toMatchObject({ state: 'succeeded', error: null });
  expect(host.asked).toHaveLength(4);
  expect(polls).toBe(3);
  expect(readdirSync(scene.output)).toEqual(['clip-1.mp4']);
});

test('a result that cannot be downloaded is set aside with the reason, and fetched by the next run', async () => {
  hurry();
  const scene = await openScene();
  const host = await startFileHost(scene.mock);
  await scene.plan(2);
  const client = clientOf(host);
  host.answer = (_, response) => {
    response.writeHead(503).end();
    return true;
  };
  const summary = await scene.work({ client });
  expect(summary).toMatchObject({ ending: 'complete', counts: { byState: { rendered: 2 } } });
  const item = await scene.item();
  expect(item).toMatchObject({ state: 'rendered', error: { code: 'DeliveryError' } });
  expect(item.error?.message).toContain('HTTP 503');
  expect(item.error?.message).toContain('paid for');
  expect(item.actualCost).toBeGreaterThan(0);
  expect(readdirSync(scene.output)).toEqual([]);
  host.answer = () => false;
  await scene.work({ client });
  expect(await scene.item()).toMatchObject({ state: 'succeeded', error: null });
  expect(scene.mock.stats).toMatchObject({ submits: 2, charged: 2 });
});

test('an item whose place is taken by a foreign file fails without a job, and the file stays', async () => {
  const scene = await openScene();
  await scene.plan(2);
  writeForeign(scene);
  await scene.work();
  const item = await scene.item();
  expect(item).toMatchObject({ state: 'failed', error: { code: 'OutputExistsError' } });
  expect(item.error?.message).toContain('clip-1.mp4');
  expect(scene.result('clip-1.mp4')?.toString()).toBe('of somebody else');
  expect(scene.mock.stats.submits).toBe(1);
});

test('one of several results in whose place a foreign file stands is enough to submit nothing', async () => {
  const scene = await openScene();
  await scene.plan([tinyItem(1, { numberResults: 2 })]);
  writeForeign(scene, 'clip-1.2of2.mp4');
  await scene.work();
  expect(await scene.item()).toMatchObject({ state: 'failed' });
  expect(scene.mock.stats.submits).toBe(0);
});

test('a worker that died before it submitted leaves the look for foreign files to the next one', async () => {
  const scene = await openScene();
  await scene.plan(1);
  await scene.database.query(
    `update sync3.item set state = 'submitting', attempts = 1, queued_at = now()`,
  );
  writeForeign(scene);
  await scene.work();
  expect(await scene.item()).toMatchObject({
    state: 'failed',
    error: { code: 'OutputExistsError' },
  });
  expect(scene.mock.stats.submits).toBe(0);
});

test('a foreign file that appears while the job runs stays; the result comes when it is moved away', async () => {
  const scene = await openScene();
  await scene.plan(1);
  const client = clientOf(scene.mock, {
    hooks: { onPoll: () => writeForeign(scene) },
  });
  const summary = await scene.work({ client });
  expect(summary).toMatchObject({ ending: 'complete', counts: { byState: { rendered: 1 } } });
  expect(await scene.item()).toMatchObject({
    state: 'rendered',
    error: { code: 'OutputExistsError' },
  });
  expect(scene.result('clip-1.mp4')?.toString()).toBe('of somebody else');
  expect(readdirSync(scene.output)).toEqual(['clip-1.mp4']);
  rmSync(join(scene.output, 'clip-1.mp4'));
  await scene.work();
  const { state, files } = await scene.item();
  expect(state).toBe('succeeded');
  expect(scene.result('clip-1.mp4')?.length).toBe(files[0]?.bytes);
  expect(scene.mock.stats).toMatchObject({ submits: 1, charged: 1 });
});

test('a file that was placed by a worker that died before it could record it is accepted', async () => {
  const scene = await openScene();
  await scene.plan(1);
  await scene.work();
  const before = await scene.item();
  await scene.database.query(
    `update sync3.item set state = 'submitted', settled_at = null, files = '[]'`,
  );
  await scene.work();
  const after = await scene.item();
  expect(after).toMatchObject({ state: 'succeeded', files: before.files });
  expect(scene.mock.stats.submits).toBe(1);
});

test('results go into sub-folders, which are made', async () => {
  const scene = await openScene();
  await scene.plan([{ ...tinyItem(1), output: 'a/b/first' }]);
  await scene.work();
  expect((await scene.item()).files).toMatchObject([{ name: 'a/b/first.mp4' }]);
  expect(scene.result('a/b/first.mp4')?.length).toBeGreaterThan(0);
});

test('a folder that cannot be made sets the item aside, and the next run delivers without a new job', async () => {
  const scene = await openScene();
  await scene.plan([{ ...tinyItem(1), output: 'folder/first' }]);
  writeForeign(scene, 'folder');
  await scene.work();
  const item = await scene.item();
  expect(item).toMatchObject({ state: 'rendered', error: { code: 'DeliveryError' } });
  expect(item.error?.message).toContain('folder');
  rmSync(join(scene.output, 'folder'));
  await scene.work();
  expect(await scene.item()).toMatchObject({ state: 'succeeded', error: null });
  expect(scene.mock.stats.submits).toBe(1);
});

test('an output folder that cannot be made is an error before anything is submitted', async () => {
  const scene = await openScene();
  await scene.plan(1);
  writeForeign(scene, 'file');
  const working = scene.work({ outputDirectory: join(scene.output, 'file', 'folder') });
  await expect(working).rejects.toThrow('Cannot make the output folder');
  expect(scene.mock.stats.requests).toBe(0);
});
