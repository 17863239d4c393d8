import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectMedia } from '@sync3/mock-server';
import { type MockHandlersOptions, mockHandlers } from '@sync3/mock-server/msw';
import { Sync3 } from '@sync3/sdk';
import { file, saveVideo } from '@sync3/sdk/node';
import { setupServer } from 'msw/node';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sampleMedia } from '../media/sample-media.ts';
import { createTemporaryFolder } from '../media/temporary-folder.ts';

const polling = { minIntervalMs: 10, maxIntervalMs: 50 };

/** Handlers that are in force until the test ends; nothing else may leave the process. */
async function intercepted(options: MockHandlersOptions = {}) {
  const mock = await mockHandlers({ jobDurationMs: 0, apiKeys: ['key'], ...options });
  const server = setupServer(...mock.handlers);
  server.listen({ onUnhandledFrame: 'error' });
  onTestFinished(async () => {
    server.close();
    await mock.close();
  });
  return mock;
}

/** The client of an application that knows nothing of a mock. */
const client = (more = {}) => new Sync3({ apiKey: 'key', polling, ...more });
const inputs = () => ({ video: file(sampleMedia.clip), audio: file(sampleMedia.shortLine) });

describe('with MSW, an application that calls the real address', () => {
  test('runs a job and saves a playable video, without a port', async () => {
    const mock = await intercepted();
    const { videos } = await client().lipsync.run({ inputs: inputs() });
    const [video] = videos;
    expect(video?.url).toMatch(/^https:\/\/api\.runware\.ai\/files\//);
    const path = join(await createTemporaryFolder(), 'dubbed.mp4');
    // Without it, saveVideo has connections of its own, which MSW does not see.
    await saveVideo({ url: `${video?.url}` }, path, { fetch });
    expect((await inspectMedia(path)).video).toEqual((await inspectMedia(sampleMedia.clip)).video);
    expect(mock.stats).toMatchObject({ charged: 1, uploads: 2, violations: 0 });
    expect(mock.tasks).toHaveLength(1);
  });

  test.each([
    'drop-before-accept',
    'drop-after-accept',
    'truncated-body',
    'malformed-body',
  ] as const)('survives the fault %s, and pays once', async (kind) => {
    const mock = await intercepted();
    mock.faults.add({ on: 'submit', kind });
    const { videos } = await client().lipsync.run({ inputs: inputs() });
    expect(videos).toHaveLength(1);
    expect(mock.tasks.map(({ charges }) => charges)).toEqual([1]);
  });

  test('gives up on a request that stalls when its own time is over', async () => {
    const mock = await intercepted();
    mock.faults.add({ on: 'upload', kind: 'stall' });
    const upload = client({ timeoutMs: 200, maxRetries: 0 }).media.upload(
      'data:audio/wav;base64,AA',
    );
    await expect(upload).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('is refused as by the API: a wrong key, a broken task, a body that is no JSON', async () => {
    await intercepted();
    const wrong = client({ apiKey: 'wrong-key' }).lipsync.estimate({ inputs: inputs() });
    await expect(wrong).rejects.toMatchObject({ name: 'AuthenticationError', status: 401 });
    const post = (body: string) =>
      fetch('https://api.runware.ai/v1', {
        method: 'POST',
        headers: { authorization: 'Bearer key' },
        body,
      });
    const refused = await post('[{"taskType":"getResponse","taskUUID":"no UUID"}]');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ errors: [{ parameter: 'taskUUID' }] });
    expect(await (await post('{')).json()).toMatchObject({ errors: [{ code: 'invalidJSON' }] });
  });

  test('finds no file that there is not', async () => {
    await intercepted({ profile: { expiredURLStatus: 410 } });
    expect((await fetch('https://api.runware.ai/files/none.mp4')).status).toBe(410);
  });

  test('may have an address of its own', async () => {
    const mock = await intercepted({ baseUrl: 'https://proxy.example.com/api/sync3' });
    const { mediaUUID, mediaURL } = await client({
      baseUrl: 'https://proxy.example.com/api/sync3',
    }).media.upload(file(sampleMedia.shortLine));
    expect(mediaUUID).toMatch(/^[\da-f-]{36}$/);
    const stored = await fetch(`${mediaURL}`);
    expect(Buffer.from(await stored.arrayBuffer())).toEqual(readFileSync(sampleMedia.shortLine));
    expect(mock.stats.uploads).toBe(1);
  });
});
