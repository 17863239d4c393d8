import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  createClock,
  getResponse,
  job,
  settled,
  start,
  startShared,
  storeSample,
} from './start.js';

describe('a job', () => {
  test('is acknowledged, in progress, and done', async () => {
    const { mock, post } = await start({ jobDurationMs: 60_000 });
    const task = job();
    expect(await post([task])).toMatchObject({
      status: 200,
      body: { data: [{ taskType: 'videoInference', taskUUID: task.taskUUID }] },
    });
    const { body } = await post([getResponse(task.taskUUID)]);
    expect(body.data).toMatchObject([{ taskUUID: task.taskUUID, status: 'processing' }]);
    expect(mock.tasks).toMatchObject([{ taskUUID: task.taskUUID, charges: 1 }]);
  });

  test('with a UUID in use is refused as a conflict, and not charged', async () => {
    const { mock, post } = await start();
    const task = job();
    await post([task]);
    const { status, body } = await post([task]);
    expect(status).toBe(400);
    const { taskUUID } = task;
    expect(body.errors).toMatchObject([{ code: 'conflictTaskUUID', taskUUID }]);
    expect(mock.stats).toMatchObject({ submits: 2, charged: 1, conflicts: 1 });
  });

  test('whose media would come from another host fails and says how to allow it', async () => {
    const { post } = await start();
    const task = job();
    await post([task]);
    await expect
      .poll(async () => (await post([getResponse(task.taskUUID)])).body.errors?.[0])
      .toMatchObject({
        status: 'error',
        code: 'downloadFailed',
        message: expect.stringContaining('allowOutbound'),
      });
  });

  test('whose media redirects to another host fails', async () => {
    const server = createServer((_, response) => {
      response.writeHead(302, { location: 'https://example.com/v.mp4' }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { post } = await start();
    const video = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v.mp4`;
    const task = job({ inputs: { video, audio: video } });
    await post([task]);
    await expect
      .poll(async () => (await post([getResponse(task.taskUUID)])).body.errors?.[0])
      .toMatchObject({ status: 'error', code: 'downloadFailed' });
  });

  test('with each of several results a row of its own', async () => {
    const { post } = await start({ jobDurationMs: 60_000 });
    const task = job({ numberResults: 3 });
    await post([task]);
    const { body } = await post([getResponse(task.taskUUID)]);
    expect(body.data).toHaveLength(3);
  });

  test('can be looked up with its request', async () => {
    const { post } = await start();
    const task = job();
    await post([task]);
    const { body } = await post([{ taskType: 'getTaskDetails', taskUUID: task.taskUUID }]);
    expect(body.data).toMatchObject([{ taskType: 'getTaskDetails', request: [task] }]);
  });
});

test('a UUID that was never submitted is answered with no row and no error', async () => {
  const { post } = await start();
  const { status, body } = await post([getResponse(randomUUID())]);
  expect(status).toBe(200);
  expect(body).toEqual({ data: [] });
});

test('errors belong to their task; the other tasks of the request are served', async () => {
  const { mock, post } = await start();
  const [good, bad] = [job(), job({ outputQuality: 5 })];
  const { status, body } = await post([good, bad, getResponse(randomUUID())]);
  expect(status).toBe(200);
  expect(body.data).toMatchObject([{ taskUUID: good.taskUUID }]);
  expect(body.errors).toMatchObject([
    { code: 'invalidParameter', parameter: 'outputQuality', taskUUID: bad.taskUUID },
  ]);
  expect(mock.stats).toMatchObject({ charged: 1, violations: 0 });
});

test('a finished job is a real video with the new voice, at its price', async () => {
  const { mock, post } = await start();
  const task = job({ inputs: await storeSample(post), includeCost: true });
  await post([task]);
  const { body } = await settled(post, task.taskUUID);
  expect(body.data).toMatchObject([{ status: 'success', cost: 0.6 }]);
  const response = await fetch(body.data[0].videoURL);
  expect(response.headers.get('content-type')).toBe('video/mp4');
  expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(50_000);
  expect(mock.stats.violations).toBe(0);
});

test('without includeCost a row has no cost', async () => {
  const { post } = await start();
  const task = job({ inputs: await storeSample(post) });
  await post([task]);
  const { body } = await settled(post, task.taskUUID);
  expect(body.data).toMatchObject([{ status: 'success' }]);
  expect(body.data[0]).not.toHaveProperty('cost');
});

test('each of twenty results is a video of its own, finished in its own time', async () => {
  const clock = createClock();
  const { mock, post } = await start({ now: clock.now, jobDurationMs: [0, 1_000_000] });
  const task = job({ inputs: await storeSample(post), numberResults: 20 });
  await post([task]);
  const readyAt = mock.tasks[0]?.results.map((result) => result.readyAt) ?? [];
  expect(new Set(readyAt).size).toBeGreaterThan(15);
  for (let quarter = 0; quarter < 4; quarter++) {
    clock.advance(250_000);
    const expected = readyAt.map((time) => (time <= clock.now() ? 'success' : 'processing'));
    await expect
      .poll(async () => {
        const { body } = await post([getResponse(task.taskUUID)]);
        return body.data.map((row: { status: string }) => row.status);
      })
      .toEqual(expected);
  }
  const { body } = await post([getResponse(task.taskUUID)]);
  for (const name of ['videoUUID', 'videoURL', 'seed']) {
    expect(new Set(body.data.map((row: Record<string, unknown>) => row[name])).size).toBe(20);
  }
  const bytes = await (await fetch(body.data[19].videoURL)).arrayBuffer();
  expect(bytes.byteLength).toBeGreaterThan(50_000);
});

test('a finished video is an input of another job by its videoUUID', async () => {
  const { post } = await start();
  const { video, audio } = await storeSample(post);
  const first = job({ inputs: { video, audio } });
  await post([first]);
  const [{ videoUUID }] = (await settled(post, first.taskUUID)).body.data;
  const second = job({ inputs: { video: videoUUID, audio } });
  await post([second]);
  expect((await settled(post, second.taskUUID)).body.data).toMatchObject([{ status: 'success' }]);
});

describe('the safety check', async () => {
  const { mock, post } = await startShared();
  const inputs = await storeSample(post);

  test('marks nothing, unless a fault has results flagged', async () => {
    const task = job({
      inputs,
      numberResults: 2,
      safety: { checkContent: true, mode: 'fast' },
    });
    await post([task]);
    expect((await settled(post, task.taskUUID)).body.data).toMatchObject([
      { status: 'success', NSFWContent: false },
      { status: 'success', NSFWContent: false },
    ]);
    mock.faults.add({ on: 'submit', kind: 'flagged-results', results: [1] });
    const flagged = { ...task, taskUUID: randomUUID() };
    await post([flagged]);
    expect((await settled(post, flagged.taskUUID)).body.data).toMatchObject([
      { status: 'success', NSFWContent: false },
      { status: 'success', NSFWContent: true },
    ]);
    expect(mock.stats.violations).toBe(0);
  });

  test.each([
    [undefined],
    [{ checkContent: false, mode: 'fast' }],
    [{ mode: 'full' }],
    [{ checkContent: true, mode: 'none' }],
  ])('says nothing where none was asked for: %j', async (safety) => {
    const task = job({ inputs, safety });
    await post([task]);
    const { body } = await settled(post, task.taskUUID);
    expect(body.data[0]).not.toHaveProperty('NSFWContent');
  });
});

test('one UUID twice in a request is one job and one conflict', async () => {
  const { mock, post } = await start();
  const task = job();
  const { status, body } = await post([task, task]);
  expect(status).toBe(200);
  const { taskUUID } = task;
  expect(body.data).toEqual([{ taskType: 'videoInference', taskUUID }]);
  expect(body.errors).toMatchObject([{ code: 'conflictTaskUUID', taskUUID }]);
  expect(mock.stats).toMatchObject({ submits: 2, charged: 1, conflicts: 1 });
});

test('a UUID in other letters is the same UUID', async () => {
  const { post } = await start();
  const task = job();
  await post([task]);
  const { body } = await post([{ ...task, taskUUID: task.taskUUID.toUpperCase() }]);
  expect(body.errors).toMatchObject([{ code: 'conflictTaskUUID' }]);
});

test('every accepted job has succeeded, failed, or is under way', async () => {
  const clock = createClock();
  const { mock, post } = await start({ now: clock.now, jobDurationMs: 1_000_000 });
  mock.faults.add({ on: 'submit', kind: 'failed-results', results: 1 });
  const inputs = await storeSample(post);
  const partly = job({ inputs, numberResults: 3 });
  const broken = job({ numberResults: 2 });
  await post([partly]);
  await post([broken]);
  clock.advance(1_000_000);
  await settled(post, partly.taskUUID);
  await settled(post, broken.taskUUID);
  await post([job()]);
  const counts = { charged: 3, succeeded: 1, failed: 1, resultsSucceeded: 2, resultsFailed: 3 };
  expect(mock.stats).toMatchObject(counts);
  expect(mock.tasks.map(({ state }) => state)).toEqual(['success', 'error', 'processing']);
});

test('seeds and durations are those of the server’s seed', async () => {
  const clock = createClock();
  const drawn = async (seed: number) => {
    const { mock, post } = await start({ now: clock.now, jobDurationMs: [0, 1_000_000], seed });
    for (let index = 0; index < 2; index++) await post([job({ numberResults: 3 })]);
    return mock.tasks.flatMap(({ results }) =>
      results.map(({ seed, readyAt }) => ({ seed, readyAt })),
    );
  };
  const first = await drawn(7);
  expect(await drawn(7)).toEqual(first);
  expect(await drawn(8)).not.toEqual(first);
});
