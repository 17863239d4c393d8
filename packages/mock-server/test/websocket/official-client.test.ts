import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Runware } from '@runware/sdk-js';
import { model } from '@sync3/generated/constants';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { start } from '../api/start.ts';
import { sampleMedia } from '../media/sample-media.ts';

const apiKey = 'key';

/** Runware's own client; address and key are all that is told it. */
async function client(httpUrl: string, options: { apiKey?: string; dryRun?: boolean } = {}) {
  const url = httpUrl.replace(/^http/, 'ws');
  const runware = new Runware({ url, apiKey, ...options });
  onTestFinished(() => runware.disconnect());
  return runware;
}

function dataUri(path: string, type: string): string {
  return `data:${type};base64,${readFileSync(path).toString('base64')}`;
}

/** Stores the sample clip and voice with the client. */
async function storeWith(runware: Awaited<ReturnType<typeof client>>) {
  const store = async (path: string, type: string) => {
    const { mediaUUID } = await runware.mediaStorage({
      operation: 'upload',
      media: dataUri(path, type),
    });
    return mediaUUID;
  };
  return {
    video: await store(sampleMedia.clip, 'video/mp4'),
    audio: await store(sampleMedia.shortLine, 'audio/wav'),
  };
}

describe('@runware/sdk-js, with another address and key,', () => {
  test('stores media and runs a job', async () => {
    const { mock } = await start();
    const runware = await client(mock.url);
    const inputs = await storeWith(runware);
    const result = await runware.videoInference({ model, inputs, includeCost: true });
    expect(result).toMatchObject([
      { status: 'success', cost: 0.6, videoURL: expect.stringContaining('/files/') },
    ]);
    expect(mock.stats).toMatchObject({ uploads: 2, charged: 1, violations: 0 });
  });

  test('gets several results', async () => {
    const { mock } = await start();
    const runware = await client(mock.url);
    const inputs = await storeWith(runware);
    const results = await runware.videoInference({ model, inputs, numberResults: 3 });
    expect(results).toHaveLength(3);
    expect(mock.stats.charged).toBe(1);
  });

  test('is told why a job is refused', async () => {
    const { mock } = await start();
    const runware = await client(mock.url);
    const inputs = await storeWith(runware);
    const refused = runware.videoInference({ model, inputs, outputQuality: 3, retry: 1 });
    await expect(refused).rejects.toMatchObject({
      error: { code: expect.any(String), parameter: 'outputQuality' },
    });
    expect(mock.stats.charged).toBe(0);
  });

  test('is told that its key is wrong', async () => {
    const { mock } = await start();
    const runware = await client(mock.url, { apiKey: 'wrong' });
    await expect(runware.ensureConnection()).rejects.toMatchObject({
      error: { code: 'invalidApiKey' },
    });
  });

  test('connects again after a lost connection, and goes on', async () => {
    const { mock } = await start();
    const runware = await client(mock.url);
    const inputs = await storeWith(runware);
    mock.faults.add({ on: 'poll', kind: 'drop-before-accept' });
    const lost = await runware.videoInference({ model, inputs, skipResponse: true });
    const { taskUUID } = Array.isArray(lost) ? (lost[0] as { taskUUID: string }) : lost;
    // The client waits a minute for what a lost connection has swallowed; nobody here does.
    void runware.getResponse({ taskUUID: randomUUID() }).catch(() => undefined);
    await vi.waitFor(() => expect(mock.stats.faults).toBe(1), { timeout: 280_000 });
    // It connects again after a second, with a new authentication.
    const before = mock.stats.requests;
    await vi.waitFor(() => expect(mock.stats.requests).toBeGreaterThan(before), {
      timeout: 280_000,
    });
    await runware.ensureConnection();
    const rows = await runware.getResponse({ taskUUID });
    expect(rows).toMatchObject([{ taskUUID }]);
    expect(mock.stats.charged).toBe(1);
  });
});
