import { getEventListeners, once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { AbortError, ConnectionError, Sync3Error } from '../../src/index.js';
import { saveVideo } from '../../src/node/index.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sync3-save-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/video.mp4`;
}

const bytes = Buffer.alloc(300_000, 'video');

test('a video is saved whole, with progress, and nothing else is left in the folder', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  });
  const path = join(folder, 'out.mp4');
  const progress: { receivedBytes: number; totalBytes?: number }[] = [];
  const size = await saveVideo({ url }, path, { onProgress: (event) => progress.push(event) });
  expect(size).toBe(bytes.length);
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(readdirSync(folder)).toEqual(['out.mp4']);
  expect(progress.at(-1)).toEqual({ receivedBytes: bytes.length, totalBytes: bytes.length });
});

test('an onProgress that rejects ends the download, and nothing is left', async () => {
  const url = await serve((_, response) => response.end(bytes));
  const onProgress = () => Promise.reject(new Error('no longer wanted'));
  const save = saveVideo({ url }, join(folder, 'out.mp4'), { onProgress });
  await expect(save).rejects.toThrow('no longer wanted');
  expect(readdirSync(folder)).toEqual([]);
});

test('a video is saved with an infinite timeout', async () => {
  const url = await serve((_, response) => void setTimeout(() => response.end(bytes), 20));
  const timeoutMs = Number.POSITIVE_INFINITY;
  await expect(saveVideo({ url }, join(folder, 'out.mp4'), { timeoutMs })).resolves.toBe(300_000);
});

test('no credentials are sent', async () => {
  let headers: unknown;
  const url = await serve((request, response) => {
    headers = request.headers;
    response.end('x');
  });
  await saveVideo({ url }, join(folder, 'out.mp4'));
  expect(headers).not.toHaveProperty('authorization');
  expect(headers).not.toHaveProperty('cookie');
});

describe('a redirect', () => {
  test('is followed, also to another place of the host', async () => {
    const url = await serve(({ url }, response) => {
      if (url === '/moved/here.mp4') response.end(bytes);
      else if (url === '/moved/') response.writeHead(302, { location: 'here.mp4' }).end();
      else response.writeHead(307, { location: '/moved/' }).end('moved');
    });
    const path = join(folder, 'out.mp4');
    expect(await saveVideo({ url }, path)).toBe(bytes.length);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test.each([
    ['that never ends', '/again', /redirected more than 5 times/],
    ['to a file', 'file:///etc/passwd', /failed/],
    ['to nowhere', 'http://', /failed/],
  ])('%s is a failed download', async (_, location, message) => {
    const url = await serve((_, response) => response.writeHead(301, { location }).end());
    const error = await saveVideo({ url }, join(folder, 'out.mp4')).catch((caught) => caught);
    expect(ConnectionError.is(error)).toBe(true);
    expect(error.message).toMatch(message);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test.each([
  ['gzip', gzipSync(bytes)],
  ['deflate', deflateSync(bytes)],
  ['br', brotliCompressSync(bytes)],
])(
  'a video that the host sends with Content-Encoding %s is saved as it was',
  async (encoding, body) => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding, 'content-length': body.length });
      response.end(body);
    });
    const path = join(folder, 'out.mp4');
    expect(await saveVideo({ url }, path)).toBe(bytes.length);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  },
);

describe('the file that was there stays, and no part of the new one, when', () => {
  const cases: [string, RequestListener, RegExp][] = [
    ['the server says 404', (_, response) => response.writeHead(404).end(), /HTTP 404/],
    [
      'the download stops short',
      (_, response) => {
        response.writeHead(200, { 'content-length': bytes.length });
        response.write(bytes.subarray(0, 1000), () => response.destroy());
      },
      /failed/,
    ],
    ['the file is empty', (_, response) => response.end(), /0 of/],
    [
      'a compressed body stops short',
      (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync(bytes).subarray(0, 300));
      },
      /failed/,
    ],
  ];
  test.each(cases)('%s', async (_, listener, message) => {
    const path = join(folder, 'out.mp4');
    writeFileSync(path, 'old');
    const url = await serve(listener);
    const error = await saveVideo({ url }, path).catch((caught) => caught);
    expect(ConnectionError.is(error)).toBe(true);
    expect(error.message).toMatch(message);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['out.mp4']);
  });

  test('it is aborted', async () => {
    const url = await serve((_, response) => response.write('begin'));
    const controller = new AbortController();
    const save = saveVideo({ url, taskUUID: 'x' }, join(folder, 'out.mp4'), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(save).rejects.toBeInstanceOf(AbortError);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('the disk refuses in the moment in which the body ends, and nothing is thrown past the caller', async () => {
    const url = await serve((_, response) => response.end('all'));
    const file = await open(join(folder, 'any'), 'w');
    await file.close();
    rmSync(join(folder, 'any'));
    const write = vi.spyOn(Object.getPrototypeOf(file), 'writeFile');
    onTestFinished(() => write.mockRestore());
    write.mockRejectedValue(new Error('no space left'));
    const past = vi.fn();
    process.on('uncaughtException', past);
    onTestFinished(() => void process.off('uncaughtException', past));
    for (let turn = 0; turn < 20; turn++) {
      await expect(saveVideo({ url }, join(folder, 'out.mp4'))).rejects.toThrow('no space left');
    }
    expect(past).not.toHaveBeenCalled();
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([0, Number.NaN])('timeoutMs is %d', async (timeoutMs) => {
    const save = saveVideo({ url: 'http://127.0.0.1:1/x' }, join(folder, 'out.mp4'), { timeoutMs });
    await expect(save).rejects.toThrow(/timeoutMs/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('the server goes silent', async () => {
    const url = await serve((_, response) => response.write('begin'));
    const save = saveVideo({ url }, join(folder, 'out.mp4'), { timeoutMs: 50 });
    await expect(save).rejects.toThrow(/nothing came for 50 ms/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test.each(['', 'file:///etc/passwd', 'data:video/mp4,x'])(
  'the URL "%s" is refused',
  async (url) => {
    await expect(saveVideo({ url }, join(folder, 'out.mp4'))).rejects.toThrow(/no URL/);
  },
);

test('a folder that does not exist is a clear error', async () => {
  const path = join(folder, 'none', 'out.mp4');
  const error = await saveVideo({ url: 'http://127.0.0.1:1/x' }, path).catch((caught) => caught);
  expect(Sync3Error.is(error)).toBe(true);
  expect(error.message).toContain(`Cannot write "${path}"`);
});

test('a fetch that does not listen to its signal ends with the silence', async () => {
  const fetch = () => new Promise<never>(() => {});
  const save = saveVideo({ url: 'http://127.0.0.1:1/x' }, join(folder, 'out.mp4'), {
    fetch,
    timeoutMs: 20,
  });
  await expect(save).rejects.toThrow(/nothing came for 20 ms/);
  expect(readdirSync(folder)).toEqual([]);
});

test('an abort while the file is being opened ends the download', async () => {
  const controller = new AbortController();
  const fetch = () => new Promise<never>(() => {});
  const save = saveVideo({ url: 'http://127.0.0.1:1/x' }, join(folder, 'out.mp4'), {
    fetch,
    signal: controller.signal,
  });
  controller.abort();
  await expect(save).rejects.toBeInstanceOf(AbortError);
  expect(readdirSync(folder)).toEqual([]);
});

test('a name as long as the file system allows is taken', async () => {
  const url = await serve((_, response) => response.end('x'));
  const path = join(folder, `${'n'.repeat(251)}.mp4`);
  await expect(saveVideo({ url }, path)).resolves.toBe(1);
});

test('no listener is left on the signal, whatever happens', async () => {
  const { signal } = new AbortController();
  const path = join(folder, 'none', 'out.mp4');
  await saveVideo({ url: 'http://127.0.0.1:1/x' }, path, { signal }).catch(() => {});
  await saveVideo({ url: 'http://127.0.0.1:1/x' }, join(folder, 'a'), { signal }).catch(() => {});
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a body shorter than was announced is no video, also when the fetch does not mind', async () => {
  const fetch = async () => new Response('half', { headers: { 'Content-Length': '8' } });
  const save = saveVideo({ url: 'https://example.com/x' }, join(folder, 'out.mp4'), { fetch });
  await expect(save).rejects.toThrow(/4 of 8 bytes came/);
  expect(readdirSync(folder)).toEqual([]);
});
