import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { MockServer } from '@sync3/mock-server';
import { describe, expect, test } from 'vitest';
import { sampleMedia } from '../media/sample-media.js';
import {
  createClock,
  getResponse,
  getTaskDetails,
  job,
  type Post,
  settled,
  start,
  storeSample,
  upload,
} from './start.js';

const minute = 60_000;

async function finish(post: Post, more: object = {}) {
  const task = job({ inputs: await storeSample(post), ...more });
  await post([task]);
  const { body } = await settled(post, task.taskUUID);
  return { task, row: body.data[0] };
}

/** Paths of all files that jobs have made. */
const madeFiles = (mock: MockServer) =>
  mock.tasks
    .flatMap(({ results, rendering }) => [rendering, ...results.map(({ outcome }) => outcome)])
    .flatMap((made) => (made && 'file' in made ? [made.file.path] : []));

describe('the ttl of a video', () => {
  test('ends its URL, to the second; its row stays', async () => {
    const clock = createClock();
    const { post } = await start({ now: clock.now });
    const { task, row } = await finish(post, { ttl: 60 });
    clock.advance(minute - 1);
    expect((await fetch(row.videoURL)).status).toBe(200);
    clock.advance(1);
    expect((await fetch(row.videoURL)).status).toBe(404);
    expect((await post([getResponse(task.taskUUID)])).body.data).toEqual([row]);
  });

  test('ends its use as an input', async () => {
    const clock = createClock();
    const { post } = await start({ now: clock.now });
    const { task, row } = await finish(post, { ttl: 60 });
    clock.advance(minute);
    const next = job({ inputs: { ...task.inputs, video: row.videoUUID } });
    await post([next]);
    const { body } = await settled(post, next.taskUUID);
    expect(body.errors).toMatchObject([{ status: 'error', code: 'mediaNotFound' }]);
  });

  test('is not set by default', async () => {
    const clock = createClock();
    const { post } = await start({ now: clock.now });
    const { row } = await finish(post);
    clock.advance(59 * minute);
    expect((await fetch(row.videoURL)).status).toBe(200);
  });

  test('below a minute is refused', async () => {
    const { post } = await start();
    const { body } = await post([job({ ttl: 59 })]);
    expect(body.errors).toMatchObject([{ code: 'invalidParameter', parameter: 'ttl' }]);
  });
});

describe('when the retention is over', () => {
  test('a finished job is unknown, as if it had never been, and its UUID is free', async () => {
    const clock = createClock();
    const { mock, post } = await start({ now: clock.now, retentionMs: 10 * minute });
    const { task, row } = await finish(post);
    clock.advance(10 * minute - 1);
    expect((await post([getResponse(task.taskUUID)])).body.data).toEqual([row]);
    clock.advance(1);
    expect((await post([getResponse(task.taskUUID)])).body).toEqual({ data: [] });
    expect((await post([getTaskDetails(task.taskUUID)])).status).toBe(404);
    expect(mock.tasks).toEqual([]);
    expect((await post([task])).status).toBe(200);
    expect(mock.stats.charged).toBe(2);
  });

  test('a job under way stays', async () => {
    const clock = createClock();
    const options = { now: clock.now, retentionMs: minute, jobDurationMs: 60 * minute };
    const { post } = await start(options);
    const task = job();
    await post([task]);
    clock.advance(59 * minute);
    const { body } = await post([getResponse(task.taskUUID)]);
    expect(body.data).toMatchObject([{ status: 'processing' }]);
  });

  test('nothing is left of its videos and inputs on the disk', async () => {
    const clock = createClock();
    // The shortest pause between two sweeps is 100 ms.
    const { mock, post } = await start({ now: clock.now, retentionMs: 400 });
    await finish(post, { numberResults: 3 });
    const files = madeFiles(mock);
    expect(files).toHaveLength(4);
    expect(files.filter((path) => existsSync(path))).toEqual(files);
    clock.advance(400);
    await expect.poll(() => files.filter((path) => existsSync(path))).toEqual([]);
  });

  test('inputs that were fetched for a job are gone as soon as it is made', async () => {
    const { mock, post } = await start();
    const { video, audio } = await storeSample(post);
    const urlOf = (name: string) => mock.url.replace('/v1', `/files/${name}`);
    await finish(post, { inputs: { video: urlOf(`${video}.mp4`), audio: urlOf(`${audio}.wav`) } });
    const [made = ''] = madeFiles(mock);
    // The uploads of this test and of `finish`, what was rendered, and the result.
    expect(await readdir(dirname(made))).toHaveLength(6);
  });

  test('an upload is gone, unless it was used in between', async () => {
    const clock = createClock();
    const { post } = await start({ now: clock.now, retentionMs: 10 * minute });
    const used = await storeSample(post);
    const media = (await readFile(sampleMedia.shortLine)).toString('base64');
    const [{ mediaURL }] = (await post([upload(media)])).body.data;
    clock.advance(9 * minute);
    const task = job({ inputs: used });
    await post([task]);
    await settled(post, task.taskUUID);
    clock.advance(minute);
    expect((await fetch(mediaURL)).status).toBe(404);
    const again = job({ inputs: used });
    await post([again]);
    expect((await settled(post, again.taskUUID)).body.data).toMatchObject([{ status: 'success' }]);
  });
});
