import { getEventListeners } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { AbortError, ConnectionError, Sync3Error, TimeoutError } from '../../src/index.js';
import { saveVideo } from '../../src/node/index.js';
import { serveFile, videoBytes, videoHead } from './file-host.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sync3-save-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a video is saved whole, with progress, and nothing else is left in the folder', async () => {
  const url = await serveFile((_, response) => {
    response.writeHead(200, { 'content-length': videoBytes.length }).end(videoBytes);
  });
  const path = join(folder, 'out.mp4');
  const progress: { receivedBytes: number; totalBytes?: number }[] = [];
  const size = await saveVideo({ url }, path, { onProgress: (event) => progress.push(event) });
  expect(size).toBe(videoBytes.length);
  expect(readFileSync(path).equals(videoBytes)).toBe(true);
  expect(readdirSync(folder)).toEqual(['out.mp4']);
  expect(progress.at(-1)).toEqual({
    receivedBytes: videoBytes.length,
    totalBytes: videoBytes.length,
  });
});

test('an onProgress that rejects ends the download, and nothing is left', async () => {
  const url = await serveFile((_, response) => response.end(videoBytes));
  const onProgress = () => Promise.reject(new Error('no longer wanted'));
  const save = saveVideo({ url }, join(folder, 'out.mp4'), { onProgress });
  await expect(save).rejects.toThrow('no longer wanted');
  expect(readdirSync(folder)).toEqual([]);
});

test('a video is saved with an infinite timeout', async () => {
  const url = await serveFile((_, response) => void setTimeout(() => response.end(videoBytes), 20));
  const timeoutMs = Number.POSITIVE_INFINITY;
  await expect(saveVideo({ url }, join(folder, 'out.mp4'), { timeoutMs })).resolves.toBe(
    videoBytes.length,
  );
});

test('no credentials are sent', async () => {
  let headers: unknown;
  const url = await serveFile((request, response) => {
    headers = request.headers;
    response.end(videoHead);
  });
  await saveVideo({ url }, join(folder, 'out.mp4'));
  expect(headers).not.toHaveProperty('authorization');
  expect(headers).not.toHaveProperty('cookie');
});

describe('a redirect', () => {
  test('is followed, also to another place of the host', async () => {
    const url = await serveFile(({ url }, response) => {
      if (url === '/moved/here.mp4') response.end(videoBytes);
      else if (url === '/moved/') response.writeHead(302, { location: 'here.mp4' }).end();
      else response.writeHead(307, { location: '/moved/' }).end('moved');
    });
    const path = join(folder, 'out.mp4');
    expect(await saveVideo({ url }, path)).toBe(videoBytes.length);
    expect(readFileSync(path).equals(videoBytes)).toBe(true);
  });

  test.each([
    ['that never ends', '/again', /redirected more than 5 times/],
    ['to a file', 'file:///etc/passwd', /failed/],
    ['to nowhere', 'http://', /failed/],
  ])('%s is a failed download', async (_, location, message) => {
    const url = await serveFile((_, response) => response.writeHead(301, { location }).end());
    const error = await saveVideo({ url }, join(folder, 'out.mp4')).catch((caught) => caught);
    expect(ConnectionError.is(error)).toBe(true);
    expect(error.message).toMatch(message);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test.each([
  ['gzip', gzipSync(videoBytes)],
  ['deflate', deflateSync(videoBytes)],
  ['br', brotliCompressSync(videoBytes)],
])(
  'a video that the host sends with Content-Encoding %s is saved as it was',
  async (encoding, body) => {
    const url = await serveFile((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding, 'content-length': body.length });
      response.end(body);
    });
    const path = join(folder, 'out.mp4');
    expect(await saveVideo({ url }, path)).toBe(videoBytes.length);
    expect(readFileSync(path).equals(videoBytes)).toBe(true);
  },
);

describe('the file that was there stays, and no part of the new one, when', () => {
  const cases: [string, RequestListener, RegExp][] = [
    ['the server says 404', (_, response) => response.writeHead(404).end(), /HTTP 404/],
    [
      'the download stops short',
      (_, response) => {
        response.writeHead(200, { 'content-length': videoBytes.length });
        response.write(videoBytes.subarray(0, 1000), () => response.destroy());
      },
      /failed/,
    ],
    ['the file is empty', (_, response) => response.end(), /0 of/],
    [
      'a compressed body stops short',
      (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync(videoBytes).subarray(0, 300));
      },
      /failed/,
    ],
  ];
  test.each(cases)('%s', async (_, listener, message) => {
    const path = join(folder, 'out.mp4');
    writeFileSync(path, 'old');
    const url = await serveFile(listener);
    const error = await saveVideo({ url }, path).catch((caught) => caught);
    expect(ConnectionError.is(error)).toBe(true);
    expect(error.message).toMatch(message);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['out.mp4']);
  });

  test('it is aborted', async () => {
    const url = await serveFile((_, response) => response.write(videoHead));
    const controller = new AbortController();
    const save = saveVideo({ url, taskUUID: 'x' }, join(folder, 'out.mp4'), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(save).rejects.toBeInstanceOf(AbortError);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('the disk refuses in the moment in which the body ends, and nothing is thrown past the caller', async () => {
    const url = await serveFile((_, response) => response.end(videoHead));
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
    const url = await serveFile((_, response) => response.write(videoHead));
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
  const url = await serveFile((_, response) => response.end(videoHead));
  const path = join(folder, `${'n'.repeat(251)}.mp4`);
  await expect(saveVideo({ url }, path)).resolves.toBe(videoHead.length);
});

test('no listener is left on the signal, whatever happens', async () => {
  const { signal } = new AbortController();
  const path = join(folder, 'none', 'out.mp4');
  await saveVideo({ url: 'http://127.0.0.1:1/x' }, path, { signal }).catch(() => {});
  await saveVideo({ url: 'http://127.0.0.1:1/x' }, join(folder, 'a'), { signal }).catch(() => {});
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a body shorter than was announced is no video, also when the fetch does not mind', async () => {
  const fetch = async () => new Response(videoHead, { headers: { 'Content-Length': '48' } });
  const save = saveVideo({ url: 'https://example.com/x' }, join(folder, 'out.mp4'), { fetch });
  await expect(save).rejects.toThrow(/24 of 48 bytes came/);
  expect(readdirSync(folder)).toEqual([]);
});

test.each([undefined, null, {}, { url: 7 }, { url: 'http://' }, { url: 'https://[::1/x' }])(
  'without a URL in the video %j, an error says so and nothing is thrown raw',
  async (video) => {
    const error = await saveVideo(video as never, join(folder, 'out.mp4')).catch(
      (caught) => caught,
    );
    expect(error).toMatchObject({ name: 'Sync3Error', code: 'noVideoURL', retryable: false });
    expect(readdirSync(folder)).toEqual([]);
  },
);

test.each([undefined, 7, new URL('file:///tmp/out.mp4')])(
  'the path %s is an error that says what a path is',
  async (path) => {
    const error = await saveVideo({ url: 'http://127.0.0.1:1/' }, path as never).catch((e) => e);
    expect(error).toMatchObject({ name: 'Sync3Error', code: 'fileNotWritten' });
    expect(error.message).toContain(String(path));
  },
);

describe('a page is not a video:', () => {
  const page = '<!doctype html><title>Sign in to this network</title>';
  test.each([
    'text/html; charset=utf-8',
    'TEXT/PLAIN',
    'application/json',
    'application/problem+json',
    'application/xml',
    'application/xhtml+xml',
    'image/svg+xml',
  ])('what is sent as %s is refused, whatever it begins with', async (type) => {
    const url = await serveFile((_, response) => {
      response.writeHead(200, { 'content-type': type }).end(videoBytes);
    });
    const error = await saveVideo({ url, taskUUID: 'a-task' }, join(folder, 'out.mp4')).catch(
      (e) => e,
    );
    expect(ConnectionError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'notAVideo', retryable: true, taskUUID: 'a-task' });
    expect(error.message).toContain(type);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each<[string, string | Buffer]>([
    ['HTML', page],
    ['XML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
    ['JSON', '{"errors":[{"code":"notFound"}]}'],
    ['words that name a box', 'The free trial of this network is over.'],
    ['zeros', Buffer.alloc(1000)],
    ['a gzip that was not said to be one', gzipSync(videoBytes)],
    ['less than a box', videoBytes.subarray(0, 6)],
    ['one byte', '<'],
  ])('a file that begins with %s is refused, and does not get its name', async (_, body) => {
    for (const type of ['video/mp4', 'application/octet-stream', undefined]) {
      const url = await serveFile((_, response) => {
        response.writeHead(200, type ? { 'content-type': type } : {}).end(body);
      });
      const path = join(folder, 'out.mp4');
      writeFileSync(path, 'old');
      const error = await saveVideo({ url }, path).catch((caught) => caught);
      expect(ConnectionError.is(error)).toBe(true);
      expect(error).toMatchObject({ code: 'notAVideo', retryable: true });
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(readdirSync(folder)).toEqual(['out.mp4']);
    }
  });

  const box = (type: string) =>
    Buffer.concat([Buffer.from([0, 0, 0, 20]), Buffer.from(type), Buffer.alloc(12)]);
  test.each<[string, Buffer]>([
    ...['ftyp', 'styp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot'].map(
      (type): [string, Buffer] => [type, box(type)],
    ),
    ['EBML, as WebM does', Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.alloc(9)])],
  ])('but one that begins with %s is', async (_, body) => {
    for (const type of ['binary/octet-stream', 'video/webm', undefined]) {
      const url = await serveFile((_, response) => {
        response.writeHead(200, type ? { 'content-type': type } : {}).end(body);
      });
      await expect(saveVideo({ url }, join(folder, 'out.mp4'))).resolves.toBe(body.length);
    }
  });

  test('however small the pieces are in which it comes', async () => {
    const url = await serveFile(async (_, response) => {
      for (const byte of videoHead)
        await new Promise((done) => response.write(Buffer.of(byte), done));
      response.end(videoBytes);
    });
    const size = videoHead.length + videoBytes.length;
    await expect(saveVideo({ url }, join(folder, 'out.mp4'))).resolves.toBe(size);
  });

  test('it is not read to its end', async () => {
    const left = vi.fn();
    const url = await serveFile((_, response) => {
      response.on('close', left);
      response.write(page);
    });
    await expect(saveVideo({ url }, join(folder, 'out.mp4'))).rejects.toThrow(/not a video/);
    await expect.poll(() => left.mock.calls.length).toBe(1);
  });

  test.each(['zstd', 'compress', 'gzip, br', 'made-up'])(
    'a Content-Encoding %s is refused',
    async (encoding) => {
      const url = await serveFile((_, response) => {
        response.writeHead(200, { 'content-encoding': encoding }).end(videoBytes);
      });
      const error = await saveVideo({ url }, join(folder, 'out.mp4')).catch((caught) => caught);
      expect(error).toMatchObject({ code: 'notAVideo', retryable: true });
      expect(error.message).toContain(encoding);
    },
  );

  test.each([201, 203, 206, 304])('an answer with status %i is refused', async (status) => {
    const url = await serveFile((_, response) => {
      response.writeHead(status).end(status === 304 ? undefined : videoBytes);
    });
    const error = await saveVideo({ url }, join(folder, 'out.mp4')).catch((caught) => caught);
    expect(ConnectionError.is(error)).toBe(true);
    expect(error.message).toContain(`HTTP ${status}`);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a URL that the host refuses', () => {
  test.each([401, 403, 404, 410])(
    'with %i is not tried again: a fresh one is needed',
    async (status) => {
      const url = await serveFile((_, response) => response.writeHead(status).end());
      const video = { url, taskUUID: '6c7e5f1a-2f1b-4c1e-9a57-0d6b3c0f5a11' };
      const error = await saveVideo(video, join(folder, 'out.mp4')).catch((caught) => caught);
      expect(ConnectionError.is(error)).toBe(true);
      expect(error).toMatchObject({
        retryable: false,
        code: 'urlRefused',
        taskUUID: video.taskUUID,
      });
      expect(error.message).toContain(`HTTP ${status}`);
      expect(error.message).toMatch(/fresh URL.*tasks\.status/);
      expect(error.summary).not.toMatch(/fresh/);
    },
  );

  test.each([408, 429, 500, 503])('with %i may be tried again', async (status) => {
    const url = await serveFile((_, response) => response.writeHead(status).end());
    const error = await saveVideo({ url }, join(folder, 'out.mp4')).catch((caught) => caught);
    expect(error).toMatchObject({ retryable: true, message: expect.stringContaining(`${status}`) });
  });
});

describe('why a connection failed', () => {
  test('is said when every address of the host refuses', async () => {
    const path = join(folder, 'out.mp4');
    await expect(saveVideo({ url: 'http://localhost:1/x' }, path)).rejects.toThrow(/ECONNREFUSED/);
    // As Node says it of a host with several addresses, which this machine need not have.
    const errors = [new Error('connect ECONNREFUSED ::1:1'), new Error('connect ECONNREFUSED')];
    const fetch = async () => {
      throw Object.assign(new AggregateError(errors, ''), { code: 'ECONNREFUSED' });
    };
    const save = saveVideo({ url: 'http://localhost:1/x' }, path, { fetch });
    await expect(save).rejects.toThrow(/ECONNREFUSED/);
  });

  test('is found in the cause of a failed fetch', async () => {
    const fetch = async () => {
      throw new TypeError('fetch failed', { cause: new Error('certificate has expired') });
    };
    const save = saveVideo({ url: 'https://example.com/x' }, join(folder, 'out.mp4'), { fetch });
    await expect(save).rejects.toThrow(/certificate has expired/);
  });

  test.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['an object that is no Response', () => ({ ok: true, status: 200, body: {} })],
    ['a body that cannot be read', () => new Response(videoHead).body?.getReader()],
  ])('is an error of this package when a fetch gives %s', async (_, answer) => {
    const fetch = (async () => answer()) as never;
    const save = saveVideo({ url: 'https://example.com/x' }, join(folder, 'out.mp4'), { fetch });
    await expect(save).rejects.toMatchObject({ name: 'ConnectionError' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the bounds of a download', () => {
  test('a file that is announced as longer than maxBytes is not begun', async () => {
    const onProgress = vi.fn();
    const url = await serveFile((_, response) => {
      response.writeHead(200, { 'content-length': videoBytes.length }).end(videoBytes);
    });
    const options = { maxBytes: 1000, onProgress };
    const error = await saveVideo({ url }, join(folder, 'out.mp4'), options).catch((e) => e);
    expect(ConnectionError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'videoTooLarge', retryable: false });
    expect(error.message).toMatch(/maxBytes.*1000/);
    expect(onProgress).not.toHaveBeenCalled();
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each<[string, Record<string, string>, Buffer]>([
    ['is not announced', {}, videoBytes],
    [
      'hides in a compressed body',
      { 'content-encoding': 'gzip' },
      gzipSync(Buffer.concat([videoHead, Buffer.alloc(1e6)])),
    ],
  ])('a file whose length %s ends at maxBytes', async (_, headers, body) => {
    const received: number[] = [];
    const url = await serveFile((_, response) => response.writeHead(200, headers).end(body));
    const error = await saveVideo({ url }, join(folder, 'out.mp4'), {
      maxBytes: 100_000,
      onProgress: ({ receivedBytes }) => received.push(receivedBytes),
    }).catch((caught) => caught);
    expect(error).toMatchObject({ code: 'videoTooLarge', retryable: false });
    expect(Math.max(0, ...received)).toBeLessThanOrEqual(100_000);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a file of exactly maxBytes is saved', async () => {
    const url = await serveFile((_, response) => response.end(videoBytes));
    const options = { maxBytes: videoBytes.length };
    await expect(saveVideo({ url }, join(folder, 'out.mp4'), options)).resolves.toBe(
      options.maxBytes,
    );
  });

  test('a host that drips for ever is left after totalTimeoutMs', async () => {
    const url = await serveFile((_, response) => {
      response.write(videoHead);
      const drip = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(drip));
    });
    const save = saveVideo({ url }, join(folder, 'out.mp4'), { totalTimeoutMs: 100 });
    const error = await save.catch((caught) => caught);
    expect(TimeoutError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'timeout', message: expect.stringMatching(/100 ms/) });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['maxBytes', 'totalTimeoutMs', 'timeoutMs'])('%s is checked', async (name) => {
    for (const value of [0, -1, Number.NaN]) {
      const save = saveVideo({ url: 'http://127.0.0.1:1/x' }, join(folder, 'out.mp4'), {
        [name]: value,
      });
      await expect(save).rejects.toMatchObject({ name: 'Sync3Error', code: 'invalidOption' });
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('advice is apart from what happened', () => {
  test('when the download failed', async () => {
    const url = await serveFile((_, response) => response.writeHead(503).end());
    const error = await saveVideo({ url }, join(folder, 'out.mp4')).catch((caught) => caught);
    expect(error.message).toMatch(/Call again\.$/);
    expect(error.summary).not.toMatch(/again/);
    expect(error.summary).toMatch(/HTTP 503\.$/);
  });

  test('when the file cannot be written, and the error names the file that was asked for', async () => {
    const path = join(folder, 'none', 'out.mp4');
    const error = await saveVideo({ url: 'http://127.0.0.1:1/x', taskUUID: 'a-task' }, path).catch(
      (e) => e,
    );
    expect(error).toMatchObject({
      code: 'fileNotWritten',
      taskUUID: 'a-task',
      cause: { code: 'ENOENT' },
    });
    expect(error.summary).toBe(`Cannot write "${path}": ENOENT: no such file or directory.`);
    expect(error.message).not.toContain('.part');
    expect(error.message.length).toBeGreaterThan(error.summary.length);
  });

  test('when a folder has the name of the file', async () => {
    const url = await serveFile((_, response) => response.end(videoBytes));
    const path = join(folder, 'out.mp4');
    mkdirSync(path);
    const error = await saveVideo({ url }, path).catch((caught) => caught);
    expect(error).toMatchObject({ name: 'Sync3Error', code: 'fileNotWritten' });
    expect(error.message).toContain(`"${path}"`);
    expect(error.message).not.toContain('.part');
    expect(readdirSync(folder)).toEqual(['out.mp4']);
  });
});
