import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  fetchDocument,
  fetchTimeoutMs,
  maxDocumentBytes,
  publishedDocument,
} from '../../src/source/fetch-document.ts';
import { SpecError } from '../../src/spec-error.ts';
import { frozenPath } from '../frozen/frozen-document.ts';
import { serve } from './local-server.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync3-fetch-'));
});
afterEach(() => rm(folder, { recursive: true }));

const json = { 'content-type': 'application/json; charset=utf-8' };

/** The message of the SpecError by which fetching fails. */
async function refusal(...parameters: Parameters<typeof fetchDocument>): Promise<string> {
  const error = await fetchDocument(...parameters).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SpecError);
  return (error as SpecError).message;
}

test('the default source is the published document, with 30 s and 4 MiB for it', () => {
  expect(publishedDocument).toBe('https://runware.ai/docs/models/sync-3/schema.json');
  expect(fetchTimeoutMs).toBe(30_000);
  expect(maxDocumentBytes).toBe(4_194_304);
});

describe('a document that can be had is given verbatim:', () => {
  const upstream = readFile(frozenPath, 'utf8');

  test('from an address', async () => {
    const server = await serve(async (_, response) =>
      response.writeHead(200, json).end(await upstream),
    );
    expect(await fetchDocument(`${server.address}/schema.json`)).toBe(await upstream);
  });

  test('compressed', async () => {
    const server = await serve(async (_, response) => {
      response
        .writeHead(200, { ...json, 'content-encoding': 'gzip' })
        .end(gzipSync(await upstream));
    });
    expect(await fetchDocument(server.address)).toBe(await upstream);
  });

  test('from a path and from a file address', async () => {
    expect(await fetchDocument(frozenPath)).toBe(await upstream);
    expect(await fetchDocument(pathToFileURL(frozenPath).href)).toBe(await upstream);
  });

  test('without its byte order mark', async () => {
    await writeFile(join(folder, 'marked.json'), '\ufeff{}');
    expect(await fetchDocument(join(folder, 'marked.json'))).toBe('{}');
  });

  test('through three redirects, relative and absolute', async () => {
    const server = await serve((request, response) => {
      const step = Number(request.url?.slice(1));
      if (step === 3) response.writeHead(200, json).end('{}');
      else
        response
          .writeHead(302, { location: step === 1 ? `${server.address}/2` : `./${step + 1}` })
          .end();
    });
    expect(await fetchDocument(`${server.address}/0`)).toBe('{}');
    expect(server.requests).toEqual(['/0', '/1', '/2', '/3']);
  });

  test.each([
    'text/plain',
    'application/octet-stream',
    'application/vnd.oai.openapi+json;version=3.1',
  ])('as %s', async (type) => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-type': type }).end('{}'),
    );
    expect(await fetchDocument(server.address)).toBe('{}');
  });

  test('with exactly as many bytes as are allowed', async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, json).end('x'.repeat(1000)),
    );
    expect(await fetchDocument(server.address, { maxBytes: 1000 })).toHaveLength(1000);
    expect(await refusal(server.address, { maxBytes: 999 })).toContain('larger than 999 bytes');
  });
});

describe('what is too large is not read to its end:', () => {
  test('200 MB in pieces', async () => {
    const total = 200 * 1024 * 1024;
    const piece = Buffer.alloc(64 * 1024, 'x');
    let sent = 0;
    const pieces = function* () {
      for (; sent < total; sent += piece.length) yield piece;
    };
    const server = await serve((_, response) => {
      response.writeHead(200, json);
      // Ends with an error when the client closes the connection.
      pipeline(Readable.from(pieces()), response).catch(() => {});
    });
    expect(await refusal(server.address)).toMatch(/larger than 4194304 bytes.*not read to its end/);
    // What the sockets of both sides hold comes on top of the bound.
    expect(sent).toBeLessThan(total / 4);
  });

  test('200 MB that are announced: not a byte is waited for', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { ...json, 'content-length': 200_000_000 }).flushHeaders();
    });
    expect(await refusal(server.address)).toContain('larger than 4194304 bytes');
  });

  test('a few kilobytes that decompress to 64 MB', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(maxDocumentBytes / 50);
    const server = await serve((_, response) => {
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb);
    });
    expect(await refusal(server.address)).toContain('larger than 4194304 bytes');
  });

  test('a large file, and a file that says it is empty', async () => {
    const path = join(folder, 'large.json');
    await writeFile(path, '');
    await truncate(path, 5_000_000_000);
    expect(await refusal(path)).toContain('larger than 4194304 bytes');
  });

  test('a file of unknown size', async () => {
    expect(await refusal('/proc/self/status', { maxBytes: 10 })).toContain('larger than 10 bytes');
  });
});

describe('what does not come in time is given up:', () => {
  test('headers that never come', async () => {
    const server = await serve(() => {});
    const message = await refusal(`${server.address}/schema.json?key=secret`, { timeoutMs: 50 });
    expect(message).toContain(
      `${server.address}/schema.json did not answer completely within 50 ms`,
    );
  });

  test('a body that stops', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, json).write('{"openapi":');
    });
    expect(await refusal(server.address, { timeoutMs: 300 })).toContain('within 300 ms');
  });

  test('a body that drips: every byte comes soon, the whole does not', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, json);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect(await refusal(server.address, { timeoutMs: 300 })).toContain('within 300 ms');
  });

  test('redirects that are slow together', async () => {
    const controller = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(controller.signal);
    onTestFinished(() => timeout.mockRestore());
    const server = await serve((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/next' }).end();
      else controller.abort(new DOMException('', 'TimeoutError'));
    });
    expect(await refusal(server.address, { timeoutMs: 300 })).toContain('/next did not answer');
    expect(timeout).toHaveBeenCalledOnce();
  });
});

describe('redirects:', () => {
  test('a circle ends', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: '/' }).end());
    expect(await refusal(server.address)).toContain('redirects more than 3 times');
    expect(server.requests).toHaveLength(4);
  });

  test.each([
    ['file:///etc/passwd', 'its scheme is "file:"'],
    ['data:application/json,{}', 'its scheme is "data:"'],
    ['ftp://127.0.0.1/', 'its scheme is "ftp:"'],
    ['http://192.0.2.1/', 'http is for this machine only'],
    ['https://me:hidden@127.0.0.1/', 'a user name or a password'],
    ['https://[', 'which is no address'],
  ])('%s is not followed', async (location, reason) => {
    const server = await serve((_, response) => response.writeHead(302, { location }).end());
    const message = await refusal(`${server.address}/start`);
    expect(message).toContain(`${server.address}/start redirects to`);
    expect(message).toContain(reason);
    expect(message).not.toContain('hidden');
  });
});

test('a redirect from https to this machine is not followed', async () => {
  const server = await serve((_, response) => response.writeHead(200, json).end('{}'));
  const redirect = new Response(null, { status: 302, headers: { location: server.address } });
  vi.stubGlobal('fetch', async () => redirect);
  expect(await refusal('https://example.com/')).toContain('that leaves https');
  vi.unstubAllGlobals();
  expect(server.requests).toEqual([]);
});

describe('answers that are no document say so, with the address and without its query:', () => {
  test.each([401, 404, 500, 304, 204, 300])('status %i', async (status) => {
    const server = await serve((_, response) => response.writeHead(status, json).end());
    const message = await refusal(`${server.address}/schema.json?key=secret#part`);
    expect(message).toContain(`${server.address}/schema.json is status ${status}`);
    expect(message).toContain('--from');
    expect(message).not.toMatch(/secret|part/);
  });

  test('a page', async () => {
    const server = await serve((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<!doctype html>');
    });
    expect(await refusal(server.address)).toContain('is of type "text/html", not JSON');
  });

  test('fewer bytes than announced', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { ...json, 'content-length': 1000 });
      response.write('{', () => response.destroy());
    });
    expect(await refusal(server.address)).toContain('could not be read to its end');
  });

  test('compressed bytes that are none', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end('{}');
    });
    expect(await refusal(server.address)).toContain('could not be read to its end');
  });

  test('bytes that are not UTF-8', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, json).end(Buffer.from([0x22, 0xff, 0x22]));
    });
    expect(await refusal(server.address)).toContain('not UTF-8');
  });

  test('nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await refusal(`http://127.0.0.1:${port}/`)).toContain(
      `127.0.0.1:${port}/ could not be read to its end (ECONNREFUSED)`,
    );
  });
});

describe('sources that are not read:', () => {
  test.each([
    ['http://runware.ai/docs', 'http is for this machine only'],
    ['http://127.0.0.1.example.org/', 'http is for this machine only'],
    ['ftp://runware.ai/schema.json', 'its scheme is "ftp:"'],
    ['javascript:alert(1)', 'its scheme is "javascript:"'],
    ['https://me:hidden@runware.ai/schema.json', 'a user name or a password'],
    ['http://', 'no address and no path'],
    ['file://elsewhere/schema.json', 'not a file on this machine'],
  ])('%s', async (from, reason) => {
    const message = await refusal(from);
    expect(message).toContain(reason);
    expect(message).not.toContain('hidden');
  });

  test('a missing file, a folder, a device and a pipe to which nobody writes', async () => {
    expect(await refusal(join(folder, 'missing.json'))).toContain('cannot be opened (ENOENT)');
    expect(await refusal(folder)).toMatch(/not an ordinary file|EISDIR/);
    expect(await refusal('/dev/zero')).toContain('not an ordinary file');
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await refusal(pipe)).toContain('not an ordinary file');
  });

  test('a name with control characters is harmless in the message', async () => {
    expect(await refusal('\u001b[2Jx\u202ey')).toContain('"\\u001b[2Jx\\u202ey"');
  });
});
