import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { model } from '@sync3/generated/constants';
import { type MockServer, startMockServer } from '@sync3/mock-server';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sampleMedia } from '../media/sample-media.ts';

let mock: MockServer;
beforeAll(async () => {
  mock = await startMockServer({ apiKeys: ['key'], jobDurationMs: 0 });
});
afterAll(() => mock.close());

async function post(task: Record<string, unknown>) {
  const body = JSON.stringify([{ taskUUID: randomUUID(), ...task }]);
  const headers = { authorization: 'Bearer key' };
  const response = await fetch(mock.url, { method: 'POST', headers, body });
  // biome-ignore lint/suspicious/noExplicitAny: the test looks into it
  return (await response.json()) as any;
}

async function stored(bytes: Buffer): Promise<string> {
  const media = bytes.toString('base64');
  const { data } = await post({ taskType: 'mediaStorage', operation: 'upload', media });
  return data[0].mediaUUID;
}

/** The row of a job when it has come to its end. */
async function finished(video: string, audio: string) {
  const taskUUID = randomUUID();
  await post({ taskType: 'videoInference', taskUUID, model, inputs: { video, audio } });
  return vi.waitUntil(
    async () => {
      const answer = await post({ taskType: 'getResponse', taskUUID });
      const row = answer.data?.[0] ?? answer.errors?.[0];
      return row.status !== 'processing' && row;
    },
    { timeout: 280_000 },
  );
}

test('an input that is no media fails its task with a clear error, and the next one succeeds', async () => {
  const [clip, line, text] = await Promise.all([
    stored(await readFile(sampleMedia.clip)),
    stored(await readFile(sampleMedia.shortLine)),
    stored(Buffer.from('This is a text, and nothing else. '.repeat(100))),
  ]);
  const asVideo = await finished(text, line);
  expect(JSON.stringify(asVideo)).toMatch(/The video .*not a media file/);
  const asVoice = await finished(clip, text);
  expect(JSON.stringify(asVoice)).toMatch(/The voice .*not a media file/);
  expect(await finished(clip, line)).toMatchObject({ status: 'success' });
  expect(mock.stats.violations).toBe(0);
});
