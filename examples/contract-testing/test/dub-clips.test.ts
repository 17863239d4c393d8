import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectMedia } from '@sync3/mock-server';
import { file } from '@sync3/sdk/node';
import { expect } from 'vitest';
import { dubClips } from '../dub-clips.ts';
import { client, clip, sample, test } from './fixtures.ts';

test('every clip becomes a file with its picture and the new voice', async ({
  mock,
  folder,
  charged,
}) => {
  const dubbed = await dubClips(client(mock), [clip('first'), clip('second')], folder);
  expect(dubbed).toEqual([
    { name: 'first', path: join(folder, 'first.mp4') },
    { name: 'second', path: join(folder, 'second.mp4') },
  ]);
  const [input, voice, output] = await Promise.all([
    inspectMedia(sample('face.mp4')),
    inspectMedia(sample('line-short.wav')),
    inspectMedia(join(folder, 'second.mp4')),
  ]);
  expect(output.video).toEqual(input.video);
  expect(output.audio?.durationSeconds).toBeGreaterThan(voice.durationSeconds);
  expect(charged()).toBe(2);
});

test('a submit whose answer is lost is paid for once', async ({ mock, folder, charged }) => {
  mock.faults.add({ on: 'submit', kind: 'drop-after-accept' });
  const [dubbed] = await dubClips(client(mock), [clip('lost')], folder);
  expect(dubbed).toHaveProperty('path');
  expect(charged()).toBe(1);
});

test('a busy API is asked again when it said so, and not before', async ({ mock, folder }) => {
  mock.faults.add({ on: 'submit', kind: 'status', status: 429, retryAfterSeconds: 2 });
  const delays: number[] = [];
  const sync3 = client(mock, { onRetry: ({ delayMs }) => delays.push(delayMs) });
  const [dubbed] = await dubClips(sync3, [clip('busy')], folder);
  expect(dubbed).toHaveProperty('path');
  expect(delays).toEqual([2000]);
});

test('a result that failed is told with its reason, and the other clips are dubbed', async ({
  mock,
  folder,
}) => {
  mock.faults.add({ on: 'submit', kind: 'failed-results' });
  const [failed] = await dubClips(client(mock), [clip('failed')], folder);
  expect(failed).toMatchObject({ reason: expect.stringContaining('did not answer in time') });

  const noVideo = { ...clip('broken'), video: file(sample('line-short.wav')) };
  const dubbed = await dubClips(client(mock), [noVideo, clip('good')], folder);
  expect(dubbed).toMatchObject([
    { name: 'broken', reason: expect.stringContaining('no video track') },
    { name: 'good', path: join(folder, 'good.mp4') },
  ]);
  expect(await readdir(folder)).toEqual(['good.mp4']);
});
