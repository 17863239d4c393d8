import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AbortError, ConnectionError } from '../../src/index.js';
import { type DownloadOptions, saveVideo } from '../../src/node/index.js';
import { serveFile, videoBytes, videoHead } from './file-host.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sync3-resume-'));
  // The delay before a retry is random between nothing and a bound.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

interface Asked {
  range: string | undefined;
  ifRange: unknown;
}

/** A response that breaks off once the client has written so many bytes of the file. */
let held: { bytes: number; response: ServerResponse } | undefined;
beforeEach(() => {
  held = undefined;
});

/** A host that answers ranges, and breaks each connection after so many bytes. */
async function serveBreaking(
  breaks: number[],
  headers: Record<string, string> = { etag: '"one"' },
) {
  const asked: Asked[] = [];
  const url = await serveFile((request, response) => {
    const limit = breaks[asked.length];
    asked.push(readAsked(request));
    sendRange(request, response, headers, limit);
  });
  return { url, asked };
}

function readAsked({ headers }: IncomingMessage): Asked {
  return { range: headers.range, ifRange: headers['if-range'] };
}

/** Sends the range that is asked for, and breaks off when `limit` bytes of it have been written. */
function sendRange(
  request: IncomingMessage,
  response: ServerResponse,
  headers: Record<string, string>,
  limit?: number,
): void {
  const start = Number(/^bytes=(\d+)-$/.exec(`${request.headers.range}`)?.[1] ?? 0);
  const part = videoBytes.subarray(start);
  response.writeHead(start ? 206 : 200, {
    ...headers,
    'content-length': part.length,
    ...(start && {
      'content-range': `bytes ${start}-${videoBytes.length - 1}/${videoBytes.length}`,
    }),
  });
  if (limit === undefined) response.end(part);
  else holdAfter(response, part.subarray(0, limit), start + limit);
}

/** To break off at once would drop what the client has not yet read. */
function holdAfter(response: ServerResponse, part: Buffer, bytes: number): void {
  held = { bytes, response };
  response.write(part);
}

async function saveTo(url: string, options: DownloadOptions = {}) {
  const path = join(folder, 'out.mp4');
  const onProgress: DownloadOptions['onProgress'] = (progress) => {
    options.onProgress?.(progress);
    if (progress.receivedBytes === held?.bytes) held.response.destroy();
  };
  const size = await saveVideo({ url }, path, { ...options, onProgress });
  return { size, bytes: readFileSync(path) };
}

function startOf({ range }: Asked): number {
  return Number(/^bytes=(\d+)-$/.exec(`${range}`)?.[1]);
}

describe('a download that breaks in the middle', () => {
  test.each([
    ['a strong ETag', { etag: '"one"' }, '"one"'],
    [
      'Last-Modified',
      { 'last-modified': 'Wed, 21 Oct 2026 07:28:00 GMT' },
      'Wed, 21 Oct 2026 07:28:00 GMT',
    ],
  ])('goes on where it was, with %s', async (_, headers, validator) => {
    const { url, asked } = await serveBreaking([100_000, 50_000], headers);
    const received: number[] = [];
    const { size, bytes } = await saveTo(url, {
      onProgress: ({ receivedBytes }) => received.push(receivedBytes),
    });
    expect(size).toBe(videoBytes.length);
    expect(bytes.equals(videoBytes)).toBe(true);
    expect(asked[0]).toEqual({ range: undefined, ifRange: undefined });
    expect(asked.slice(1).map(({ ifRange }) => ifRange)).toEqual([validator, validator]);
    expect(asked.slice(1).map(startOf)).toEqual([100_000, 150_000]);
    expect(received).toEqual(received.toSorted((a, b) => a - b));
    expect(readdirSync(folder)).toEqual(['out.mp4']);
  });

  test('arrives byte for byte, wherever it breaks', async () => {
    const places = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(places, async (breaks) => {
        const { url } = await serveBreaking(breaks);
        expect((await saveTo(url)).bytes.equals(videoBytes)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  test('is resumed although the next connection fails, too, and a 503 comes in between', async () => {
    let requests = 0;
    const url = await serveFile((request, response) => {
      requests++;
      if (requests === 2) request.socket.destroy();
      else if (requests === 3) response.writeHead(503).end('busy');
      else sendRange(request, response, { etag: '"one"' }, requests === 1 ? 1000 : undefined);
    });
    expect((await saveTo(url)).bytes.equals(videoBytes)).toBe(true);
    expect(requests).toBe(4);
  });

  test('without an announced length is resumed, too', async () => {
    let isFirst = true;
    const url = await serveFile((request, response) => {
      if (!isFirst) return sendRange(request, response, { etag: '"one"' });
      isFirst = false;
      response.writeHead(200, { etag: '"one"' });
      holdAfter(response, videoBytes.subarray(0, 1000), 1000);
    });
    expect((await saveTo(url)).bytes.equals(videoBytes)).toBe(true);
  });

  test('and whose rest comes in pieces that the host chooses is put together', async () => {
    const asked: number[] = [];
    const url = await serveFile((request, response) => {
      const start = startOf(readAsked(request));
      if (Number.isNaN(start)) return sendRange(request, response, { etag: '"one"' }, 1000);
      asked.push(start);
      const part = videoBytes.subarray(start, start + 100_000);
      const end = start + part.length - 1;
      response.writeHead(206, {
        etag: '"one"',
        'content-range': `bytes ${start}-${end}/${videoBytes.length}`,
      });
      response.end(part);
    });
    expect((await saveTo(url)).bytes.equals(videoBytes)).toBe(true);
    expect(asked).toEqual([1000, 101_000, 201_000]);
  });

  test('starts anew where the file has changed meanwhile, and keeps no byte of the old one', async () => {
    const other = Buffer.concat([videoHead, Buffer.alloc(500, 'other')]);
    let requests = 0;
    const url = await serveFile((request, response) => {
      requests++;
      if (requests === 1) sendRange(request, response, { etag: '"one"' }, 1000);
      else response.writeHead(200, { etag: '"two"', 'content-length': other.length }).end(other);
    });
    const { size, bytes } = await saveTo(url);
    expect(size).toBe(other.length);
    expect(bytes.equals(other)).toBe(true);
  });

  const wholeSize = videoBytes.length;
  test.each<[string, (response: ServerResponse) => void]>([
    [
      'begins elsewhere',
      (response) => {
        response.writeHead(206, { 'content-range': `bytes 0-${wholeSize - 1}/${wholeSize}` });
        response.end(videoBytes);
      },
    ],
    [
      'belongs to a file of another size',
      (response) => {
        response.writeHead(206, { 'content-range': 'bytes 1000-1003/1004' }).end('more');
      },
    ],
    [
      'has another ETag',
      (response) => {
        const range = `bytes 1000-${wholeSize - 1}/${wholeSize}`;
        response.writeHead(206, { etag: '"two"', 'content-range': range });
        response.end(videoBytes.subarray(1000).fill('x'));
      },
    ],
    [
      'does not end where the file may end',
      (response) => {
        const range = `bytes 1000-1003/${wholeSize - 1}`;
        response.writeHead(206, { etag: '"one"', 'content-range': range }).end('more');
      },
    ],
    ['does not say where it begins', (response) => response.writeHead(206).end('more')],
    [
      'is compressed',
      (response) => {
        const range = `bytes 1000-${wholeSize - 1}/${wholeSize}`;
        response.writeHead(206, { 'content-encoding': 'gzip', 'content-range': range });
        response.end('more');
      },
    ],
    [
      'is not to be had (416)',
      (response) => response.writeHead(416, { 'content-range': `bytes */${wholeSize}` }).end(),
    ],
  ])('starts anew when the part %s', async (_, answerPart) => {
    const asked: (string | undefined)[] = [];
    const expected = Buffer.from(videoBytes);
    const url = await serveFile((request, response) => {
      asked.push(request.headers.range);
      if (asked.length === 1) sendRange(request, response, { etag: '"one"' }, 1000);
      else if (asked.length === 2) answerPart(response);
      else response.end(expected);
    });
    expect((await saveTo(url)).bytes.equals(expected)).toBe(true);
    expect(asked).toEqual([undefined, 'bytes=1000-', undefined]);
  });

  test('starts anew when nobody says how long the file is, as then no end can be told', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serveFile((request, response) => {
      asked.push(request.headers.range);
      response.writeHead(asked.length === 2 ? 206 : 200, {
        etag: '"one"',
        ...(asked.length === 2 && { 'content-range': 'bytes 1000-1003/*' }),
      });
      if (asked.length === 1) holdAfter(response, videoBytes.subarray(0, 1000), 1000);
      else response.end(asked.length === 2 ? 'more' : videoBytes);
    });
    expect((await saveTo(url)).bytes.equals(videoBytes)).toBe(true);
    expect(asked).toEqual([undefined, 'bytes=1000-', undefined]);
  });

  test('fails after a bounded number of attempts, and nothing is left', async () => {
    const { url, asked } = await serveBreaking(Array.from({ length: 100 }, () => 1));
    const error = await saveTo(url).catch((caught) => caught);
    expect(ConnectionError.is(error)).toBe(true);
    expect(error).toMatchObject({ retryable: true, code: 'connectionFailed' });
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.length).toBeLessThan(20);
    expect(readdirSync(folder)).toEqual([]);
  });

  const hopeless: [string, Record<string, string>][] = [
    ['names no version of the file', {}],
    ['has a weak ETag', { etag: 'W/"one"' }],
    ['says that it has no ranges', { etag: '"one"', 'accept-ranges': 'none' }],
  ];
  test.each(hopeless)('fails at once when the host %s', async (_, headers) => {
    const { url, asked } = await serveBreaking([1000, 1000], headers);
    const error = await saveTo(url).catch((caught) => caught);
    expect(ConnectionError.is(error)).toBe(true);
    expect(error.retryable).toBe(true);
    expect(asked).toHaveLength(1);
  });

  test('ends when the URL has expired meanwhile', async () => {
    let requests = 0;
    const url = await serveFile((request, response) => {
      requests++;
      if (requests === 1) sendRange(request, response, { etag: '"one"' }, 1000);
      else response.writeHead(403).end();
    });
    const error = await saveTo(url).catch((caught) => caught);
    expect(error).toMatchObject({ retryable: false, message: expect.stringMatching(/fresh URL/) });
    expect(requests).toBe(2);
  });

  test('can be aborted while it waits for its next attempt', async () => {
    vi.mocked(Math.random).mockReturnValue(0.999);
    const controller = new AbortController();
    const url = await serveFile((request, response) => {
      response.on('close', () => setImmediate(() => controller.abort()));
      sendRange(request, response, { etag: '"one"' }, 1000);
    });
    const saved = saveTo(url, { signal: controller.signal });
    await expect(saved).rejects.toBeInstanceOf(AbortError);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is resumed with a fetch of the application, too', async () => {
    const { url, asked } = await serveBreaking([100_000]);
    const { bytes } = await saveTo(url, { fetch: globalThis.fetch });
    expect(bytes.equals(videoBytes)).toBe(true);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual({ range: 'bytes=100000-', ifRange: '"one"' });
  });
});

test('a connection that breaks before the first byte is an error at once', async () => {
  let requests = 0;
  const listener: RequestListener = (request) => {
    requests++;
    request.socket.destroy();
  };
  const error = await saveTo(await serveFile(listener)).catch((caught) => caught);
  expect(error).toMatchObject({ name: 'ConnectionError', retryable: true });
  expect(requests).toBe(1);
});
