import { Sync3 } from '@sync3/sdk';
import { expect, test } from 'vitest';
import { getResponse, job, settled, start, storeSample, upload } from './start.js';

const dryRun = { 'x-runware-dry-run': '1' };

test('a dry run gives the price of all results, and nothing else happens', async () => {
  const { mock, post } = await start({ balance: 1 });
  const task = job({ inputs: await storeSample(post), numberResults: 3 });
  const { status, body } = await post([task], dryRun);
  expect(status).toBe(200);
  const { taskType, taskUUID } = task;
  expect(body).toEqual({ data: [{ taskType, taskUUID, cost: 1.8 }] });
  expect(mock.tasks).toEqual([]);
  expect(mock.balance).toBe(1);
  expect(mock.stats).toMatchObject({ dryRuns: 1, submits: 0, charged: 0, violations: 0 });
});

test('the UUID of a dry run is free afterwards, and the price was the true one', async () => {
  const { post } = await start();
  const task = job({ inputs: await storeSample(post), includeCost: true });
  const [{ cost }] = (await post([task], dryRun)).body.data;
  expect((await post([task])).status).toBe(200);
  expect((await settled(post, task.taskUUID)).body.data).toMatchObject([{ cost }]);
});

test('a video that cannot be read is priced as one of ten seconds', async () => {
  const { post } = await start();
  expect((await post([job()], dryRun)).body.data).toMatchObject([{ cost: 1.2 }]);
});

test('a dry run finds what is wrong with a task', async () => {
  const { post } = await start();
  const { status, body } = await post([job({ outputQuality: 5 })], dryRun);
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ code: 'invalidParameter', parameter: 'outputQuality' }]);
});

test('a dry run stores no media, and still answers polls', async () => {
  const { mock, post } = await start({ jobDurationMs: 60_000 });
  const task = job();
  await post([task]);
  const { body } = await post([upload(btoa('some sound')), getResponse(task.taskUUID)], dryRun);
  expect(body).toMatchObject({ data: [{ status: 'processing' }] });
  expect(mock.stats.uploads).toBe(0);
});

test('the SDK’s estimate is that price', async () => {
  const { mock, post } = await start();
  const sync3 = new Sync3({ baseUrl: mock.url, apiKey: 'key' });
  const inputs = await storeSample(post);
  expect(await sync3.lipsync.estimate({ inputs, numberResults: 2 })).toMatchObject({ cost: 1.2 });
  expect(mock.stats).toMatchObject({ dryRuns: 1, charged: 0, violations: 0 });
});
