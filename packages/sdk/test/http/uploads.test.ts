import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ApiError, Sync3 } from '../../src/index.js';
import { type Script, sendJson, startScriptedServer } from './scripted-server.js';

const mediaUUID = '0f8f2f0a-5d0c-4c9d-9a54-2f5f1c0b6e55';
const store: Script = ({ tasks }, response) => {
  const task = tasks.at(-1);
  const data = [{ ...task, media: undefined, mediaUUID, mediaURL: 'https://im.runware.ai/x' }];
  sendJson(response, 200, { data });
};

test.each([1, 2, 3, 196_607, 196_608, 196_609, 1_000_000])(
  'a Blob of %i bytes arrives whole, with its length announced',
  async (size) => {
    const server = await startScriptedServer(store);
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
    const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 31) % 251);
    const stored = await sync3.media.upload(new Blob([bytes], { type: 'audio/wav' }));
    expect(stored).toEqual({ mediaUUID, mediaURL: 'https://im.runware.ai/x' });
    const [request] = server.requests;
    const media = String(request?.tasks[0]?.['media']);
    expect(media.startsWith('data:audio/wav;base64,')).toBe(true);
    expect(Buffer.from(media.slice(media.indexOf(',')), 'base64').equals(bytes)).toBe(true);
    expect(request?.headers['content-length']).toBe(`${JSON.stringify(request?.tasks).length}`);
  },
);

test('a Blob arrives whole behind an authentication task', async () => {
  const server = await startScriptedServer(store);
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', auth: 'task' });
  await sync3.media.upload(new Blob(['abc']));
  expect(server.requests[0]?.tasks).toMatchObject([
    { taskType: 'authentication', apiKey: 'key' },
    { taskType: 'mediaStorage', media: 'data:application/octet-stream;base64,YWJj' },
  ]);
});

test('progress counts bytes of the file up to its size', async () => {
  const server = await startScriptedServer(store);
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  const progress: number[] = [];
  const onProgress = ({ sentBytes }: { sentBytes: number }) => progress.push(sentBytes);
  await sync3.media.upload(new Blob([new Uint8Array(500_000)]), { onProgress });
  expect(progress).toEqual([196_608, 393_216, 500_000]);
});

test('an upload that is cut off is repeated from its beginning', async () => {
  let attempts = 0;
  const server = await startScriptedServer((request, response) => {
    if (++attempts === 1) response.destroy();
    else store(request, response);
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  await sync3.media.upload(new Blob(['abc']));
  expect(server.requests.map(({ tasks }) => tasks[0]?.['media'])).toEqual(
    Array(2).fill('data:application/octet-stream;base64,YWJj'),
  );
});

test('a refused file is an ApiError, and is not sent again', async () => {
  const server = await startScriptedServer((_, response) => {
    sendJson(response, 400, { errors: [{ code: 'unsupportedMedia', message: 'Not a video.' }] });
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  await expect(sync3.media.upload(new Blob(['abc']))).rejects.toBeInstanceOf(ApiError);
  expect(server.requests).toHaveLength(1);
});

test('a URL is handed to the API as it is', async () => {
  const server = await startScriptedServer(store);
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  await sync3.media.upload(new URL('https://example.com/talk.mp4'));
  expect(server.requests[0]?.tasks[0]).toMatchObject({
    operation: 'upload',
    media: 'https://example.com/talk.mp4',
  });
});

test('a Blob that stands in two places is uploaded once', async () => {
  const server = await startScriptedServer((request, response) => {
    if (request.tasks[0]?.taskType === 'mediaStorage') store(request, response);
    else sendJson(response, 200, { data: request.tasks });
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  const both = new Blob(['abc']);
  await sync3.lipsync.submit({ inputs: { video: both, audio: both } });
  expect(server.requests.map(({ tasks }) => tasks[0]?.taskType)).toEqual([
    'mediaStorage',
    'videoInference',
  ]);
  expect(server.requests[1]?.tasks[0]).toMatchObject({
    inputs: { video: mediaUUID, audio: mediaUUID },
  });
});

test('a type with parameters does not break the request', async () => {
  const server = await startScriptedServer(store);
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  const type = 'video/webm; codecs="vp9,opus"';
  await sync3.media.upload(new Blob(['abc'], { type }));
  expect(server.requests[0]?.tasks[0]?.['media']).toBe('data:video/webm;base64,YWJj');
});

test('an empty Blob is refused, and not sent', async () => {
  const fetch = vi.fn();
  const { media } = new Sync3({ apiKey: 'key', fetch });
  await expect(media.upload(new Blob([]))).rejects.toMatchObject({
    code: 'emptyFile',
    message: expect.stringMatching(/empty/),
  });
  expect(fetch).not.toHaveBeenCalled();
});

const noTexts: unknown[] = [
  new Uint8Array(8),
  { a: 1 },
  { toString: 1 },
  null,
  undefined,
  Symbol('x'),
];

test.each(['./talk.mp4', 'talk.mp4', '', 'C:\\talk.mp4', ...noTexts])(
  'what is neither a Blob nor a URL is refused, and not sent: %s',
  async (source) => {
    const fetch = vi.fn();
    const { media } = new Sync3({ apiKey: 'key', fetch });
    await expect(media.upload(source as string)).rejects.toMatchObject({
      code: 'invalidMedia',
      message: expect.stringMatching(/neither a Blob nor a URL.*file\(path\)/),
    });
    expect(fetch).not.toHaveBeenCalled();
  },
);

test.each(['talk.mp4', '', 'https://example.com/talk.mp4', ...noTexts])(
  'what is not a mediaUUID is not deleted: %s',
  async (mediaUUID) => {
    const fetch = vi.fn();
    const { media } = new Sync3({ apiKey: 'key', fetch });
    await expect(media.delete(mediaUUID as string)).rejects.toMatchObject({
      code: 'invalidMediaUUID',
      message: expect.stringMatching(/mediaUUID/),
    });
    expect(fetch).not.toHaveBeenCalled();
  },
);

test('a file that cannot be read is an error with its reason, and no connection failure', async () => {
  const server = await startScriptedServer(store);
  const { media } = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  const file = new Blob(['abc']);
  const cause = new DOMException('The disk is gone.', 'NotReadableError');
  file.slice = () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(cause) });
  await expect(media.upload(file)).rejects.toMatchObject({
    name: 'Sync3Error',
    code: 'unreadableFile',
    mayBeAccepted: false,
    message: expect.stringContaining('The disk is gone.'),
  });
});

test('a gateway that refuses a file with a page, before it has read it, gets it once and not whole', async () => {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    request.once('data', () => response.writeHead(413).end('<html>Too large</html>'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const { media } = new Sync3({ baseUrl, apiKey: 'key' });
  let sent = 0;
  const onProgress = ({ sentBytes }: { sentBytes: number }) => {
    sent = sentBytes;
  };
  const file = new Blob([new Uint8Array(64 * 2 ** 20)]);
  await expect(media.upload(file, { onProgress })).rejects.toMatchObject({
    name: 'ApiError',
    status: 413,
    retryable: false,
    mayBeAccepted: false,
  });
  expect(requests).toBe(1);
  const sentBefore = sent;
  for (let turn = 0; turn < 200; turn++) await setImmediate();
  expect(sent - sentBefore).toBeLessThanOrEqual(2 * 196_608);
  expect(sent).toBeLessThan(file.size);
});

test.each<[string, (body: BodyInit) => unknown]>([
  ['node-fetch', (body) => String(body)],
  ['node-fetch within a fetch of its own', (body) => `${body}`],
])(
  'a fetch that turns streams into text, as %s does, gets the file as bytes',
  async (_, textOf) => {
    const server = await startScriptedServer(store);
    const onWarning = vi.fn();
    // As node-fetch 2 and 3 read a body: bytes, or its text.
    const fetch = vi.fn(async (url: string, init: RequestInit) => {
      const { body, headers, method } = init as RequestInit & { body: BodyInit };
      const bytes = ArrayBuffer.isView(body) || body instanceof ArrayBuffer;
      return globalThis.fetch(url, {
        method: `${method}`,
        headers: headers ?? {},
        body: bytes ? body : (textOf(body) as string),
      });
    });
    const options = { baseUrl: server.url, apiKey: 'key', maxRetries: 0, hooks: { onWarning } };
    const { media } = new Sync3({ ...options, fetch: fetch as unknown as typeof globalThis.fetch });
    await media.upload(new Blob(['abc'], { type: 'audio/wav' }));
    expect(server.requests.map(({ tasks }) => tasks[0]?.['media'])).toEqual([
      'data:audio/wav;base64,YWJj',
    ]);
    expect(onWarning.mock.calls).toEqual([[{ message: 'Uploads are held in memory.' }]]);
  },
);

test('a fetch that wraps the platform’s gets the file as a stream', async () => {
  const server = await startScriptedServer(store);
  const bodies: unknown[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    bodies.push(init?.body);
    return globalThis.fetch(input, init);
  };
  await new Sync3({ baseUrl: server.url, apiKey: 'key', fetch }).media.upload(new Blob(['abc']));
  expect(bodies).toEqual([expect.any(ReadableStream)]);
});

describe('the limits of 300 s of Node’s own fetch', () => {
  /** Records the limits of requests, which go on to where they would have gone. */
  function recordLimits() {
    new Headers();
    const place = Symbol.for('undici.globalDispatcher.1');
    const platform = globalThis as unknown as Record<symbol, Dispatcher>;
    const base = platform[place] as Dispatcher;
    const limits: unknown[] = [];
    platform[place] = Object.assign(Object.create(base), {
      dispatch(options: Limits, handler: unknown) {
        limits.push([options.headersTimeout, options.bodyTimeout]);
        return base.dispatch(options, handler);
      },
    });
    onTestFinished(() => {
      platform[place] = base;
    });
    return limits;
  }

  interface Limits {
    headersTimeout?: number;
    bodyTimeout?: number;
  }
  interface Dispatcher {
    dispatch(options: Limits, handler: unknown): boolean;
  }

  test('are lifted, and the dispatcher of the process still sends', async () => {
    const server = await startScriptedServer(store);
    const limits = recordLimits();
    await new Sync3({ baseUrl: server.url, apiKey: 'key' }).media.upload(new Blob(['abc']));
    expect(limits).toEqual([[0, 0]]);
    expect(server.requests).toHaveLength(1);
  });

  test('are left to a fetch of the caller', async () => {
    const server = await startScriptedServer(store);
    const limits = recordLimits();
    const fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);
    await new Sync3({ baseUrl: server.url, apiKey: 'key', fetch }).media.upload(new Blob(['abc']));
    expect(limits).toEqual([[undefined, undefined]]);
  });
});

test('a file is not read any further when the connection is lost', async () => {
  const server = createServer((request) => request.once('data', () => request.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const sync3 = new Sync3({ baseUrl, apiKey: 'key', maxRetries: 0 });
  let read = 0;
  const onProgress = ({ sentBytes }: { sentBytes: number }) => {
    read = sentBytes;
  };
  const file = new Blob([new Uint8Array(200_000_000)]);
  await expect(sync3.media.upload(file, { onProgress })).rejects.toThrow(/gave no answer/);
  const readBefore = read;
  for (let turn = 0; turn < 200; turn++) await setImmediate();
  expect(read - readBefore).toBeLessThanOrEqual(2 * 196_608);
});

test('a runtime that cannot stream a body holds it in memory, and says so', async () => {
  const server = await startScriptedServer(store);
  const onWarning = vi.fn();
  // Browsers let nobody set a length.
  vi.stubGlobal(
    'Request',
    class extends Request {
      override headers = new Headers();
    },
  );
  onTestFinished(() => void vi.unstubAllGlobals());
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', hooks: { onWarning } });
  await sync3.media.upload(new Blob(['abc']));
  expect(onWarning).toHaveBeenCalledWith({ message: 'Uploads are held in memory.' });
  expect(server.requests[0]?.tasks[0]?.['media']).toMatch(/YWJj$/);
});

test('an onProgress that throws does not end the upload', async () => {
  const server = await startScriptedServer(store);
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  const onProgress = () => {
    throw new Error('a faulty display');
  };
  await expect(sync3.media.upload(new Blob(['abc']), { onProgress })).resolves.toBeDefined();
});

test('an upload that fails within a submit is an error about the job', async () => {
  const server = await startScriptedServer((_, response) => {
    sendJson(response, 400, { errors: [{ code: 'unsupportedMedia', message: 'Not a video.' }] });
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  const taskUUID = crypto.randomUUID();
  const inputs = { video: new Blob(['abc']), audio: 'https://example.com/a.wav' };
  await expect(sync3.lipsync.submit({ inputs, taskUUID })).rejects.toMatchObject({ taskUUID });
});
