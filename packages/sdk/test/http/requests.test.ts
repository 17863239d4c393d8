import { baseUrl, model } from '@sync3/generated/constants';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Sync3, Sync3Error, ValidationError } from '../../src/index.js';
import { quickPolling, sampleJob } from '../sample-job.js';
import { cooperative, startScriptedServer } from './scripted-server.js';

afterEach(() => vi.unstubAllEnvs());

describe('a request', () => {
  test('goes to the base URL without a trailing slash', async () => {
    const server = await startScriptedServer(cooperative);
    const sync3 = new Sync3({ baseUrl: `${server.url}/`, apiKey: 'key', polling: quickPolling });
    await sync3.lipsync.run(sampleJob);
    expect(server.requests.map(({ url }) => url)).toEqual(['/v1', '/v1']);
  });

  test('goes to Runware when nothing else is said', async () => {
    vi.stubEnv('RUNWARE_BASE_URL', undefined);
    const urls: unknown[] = [];
    const fetch: typeof globalThis.fetch = async (url) => {
      urls.push(url);
      return Response.json({ data: [] });
    };
    const sync3 = new Sync3({ apiKey: 'key', fetch });
    await sync3.tasks.status(crypto.randomUUID());
    expect(urls).toEqual([baseUrl]);
  });

  test('is never answered from a cache', async () => {
    const caches: unknown[] = [];
    const fetch: typeof globalThis.fetch = async (_, init) => {
      caches.push(init?.cache);
      return Response.json({ data: [] });
    };
    await new Sync3({ apiKey: 'key', fetch }).tasks.status(crypto.randomUUID());
    expect(caches).toEqual(['no-store']);
  });

  test('holds a complete task, with what the SDK knows filled in', async () => {
    const server = await startScriptedServer(cooperative);
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
    const task = await sync3.lipsync.submit({
      inputs: { video: new URL('https://example.com/talk.mp4') },
      speech: { text: 'Good evening.' },
      settings: { tts: { stability: 0.5 } },
    });
    expect(server.requests[0]?.tasks).toEqual([
      {
        taskType: 'videoInference',
        model,
        deliveryMethod: 'async',
        taskUUID: task.taskUUID,
        inputs: { video: 'https://example.com/talk.mp4' },
        speech: { text: 'Good evening.', voice: 'auto' },
        settings: { tts: { stability: 0.5 } },
      },
    ]);
  });

  test('carries the key in the header', async () => {
    const server = await startScriptedServer(cooperative);
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: async () => 'late-key' });
    await sync3.lipsync.submit(sampleJob);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer late-key');
  });

  test.each(['a', '1', 'data'])('and its answer survive the key %s', async (apiKey) => {
    const server = await startScriptedServer(cooperative);
    const sync3 = new Sync3({ baseUrl: server.url, apiKey, polling: quickPolling });
    const { videos } = await sync3.lipsync.run(sampleJob);
    expect(videos[0]?.url).toMatch(/^https:\/\/vm\.runware\.ai\/video/);
  });

  test("carries the key in a first task with auth: 'task', and in no header", async () => {
    const server = await startScriptedServer(cooperative);
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', auth: 'task' });
    await sync3.lipsync.submit(sampleJob);
    const [request] = server.requests;
    expect(request?.headers.authorization).toBeUndefined();
    expect(request?.tasks[0]).toEqual({ taskType: 'authentication', apiKey: 'key' });
    expect(request?.tasks[1]).toMatchObject({ taskType: 'videoInference' });
  });

  test('has the float noise taken out of segment times', async () => {
    const server = await startScriptedServer(cooperative);
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
    await sync3.lipsync.submit({
      inputs: { video: 'https://example.com/talk.mp4' },
      settings: {
        segments: [
          { startTime: 0.1 + 0.2, endTime: 1.1 + 2.2, audio: 'https://example.com/a.wav' },
        ],
      },
    });
    expect(server.requests[0]?.tasks[0]).toMatchObject({
      settings: { segments: [{ startTime: 0.3, endTime: 3.3 }] },
    });
  });

  test('leaves the parameters of the caller as they are', async () => {
    const server = await startScriptedServer(cooperative);
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
    const params = Object.freeze({
      inputs: Object.freeze({ video: 'https://example.com/v.mp4' }),
      speech: Object.freeze({ text: 'Hello' }),
    });
    await sync3.lipsync.submit(params);
    expect(params).toEqual({
      inputs: { video: 'https://example.com/v.mp4' },
      speech: { text: 'Hello' },
    });
  });
});

describe('nothing is sent', () => {
  test('when a rule is broken, not even the file to upload', async () => {
    const server = await startScriptedServer(cooperative);
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
    const wrong = {
      inputs: { video: new Blob(['v']), audio: new Blob(['a']) },
      settings: { syncMode: 'loop' },
    };
    // @ts-expect-error: the types refuse it too
    const error = await sync3.lipsync.run(wrong).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).issues).toMatchObject([
      { rule: 'settings.syncMode.oneOf', path: '/settings/syncMode' },
    ]);
    expect(server.requests).toEqual([]);
  });

  test.each([null, undefined, 5, 'text', [], {}])(
    'for %j in the place of parameters',
    async (wrong) => {
      const server = await startScriptedServer(cooperative);
      const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
      await expect(sync3.lipsync.submit(wrong as never)).rejects.toBeInstanceOf(ValidationError);
      expect(server.requests).toEqual([]);
    },
  );

  test('when beforeSubmit fails', async () => {
    const server = await startScriptedServer(cooperative);
    const beforeSubmit = () => Promise.reject(new Error('the database is down'));
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', beforeSubmit });
    await expect(sync3.lipsync.submit(sampleJob)).rejects.toThrow('the database is down');
    expect(server.requests).toEqual([]);
  });

  test('without an API key: the constructor names the variable to set', () => {
    vi.stubEnv('RUNWARE_API_KEY', undefined);
    expect(() => new Sync3()).toThrow(/RUNWARE_API_KEY/);
    expect(() => new Sync3()).toThrow(Sync3Error);
  });

  test.each(['', 'ftp://host/v1', 'host:8080', '/v1'])('with the base URL "%s"', (baseUrl) => {
    vi.stubEnv('RUNWARE_BASE_URL', baseUrl);
    const create = () => new Sync3({ apiKey: 'key', baseUrl: baseUrl || 'none' });
    expect(create).toThrow(/baseUrl/);
  });
});
