import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createProxyHandler } from '../../src/proxy/index.js';
import { sendJson } from '../http/scripted-server.js';
import {
  detailsQuestion,
  job,
  question,
  removal,
  runwareKey,
  serveProxy,
  until,
  upload,
} from './serve-proxy.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('what is sent', () => {
  test('has a content type and the key, and nothing of the headers of the caller', async () => {
    const { ask, requests } = await serveProxy();
    await ask([job], {
      headers: {
        Authorization: 'Bearer session',
        Cookie: 'session=1',
        'X-Forwarded-For': '10.0.0.1',
        'X-Custom': 'custom',
        'User-Agent': 'a browser',
        Referer: 'https://app.example/secret',
      },
    });
    const { headers = {} } = requests[0] ?? {};
    expect(headers.authorization).toBe(`Bearer ${runwareKey}`);
    expect(headers['content-type']).toBe('application/json');
    const ofFetch = ['accept', 'accept-encoding', 'accept-language', 'connection', 'host'];
    const ofNode = ['content-length', 'sec-fetch-mode', 'user-agent', 'cache-control', 'pragma'];
    const others = ['authorization', 'content-type', ...ofFetch, ...ofNode];
    expect(Object.keys(headers).filter((name) => !others.includes(name))).toEqual([]);
    expect(headers['user-agent']).not.toBe('a browser');
  });

  test('is a dry run when the caller says so, and only then', async () => {
    const { ask, requests } = await serveProxy();
    await ask([job], { headers: { 'X-Runware-Dry-Run': '1' } });
    await ask([job]);
    expect(requests.map(({ headers }) => headers['x-runware-dry-run'])).toEqual(['1', undefined]);
  });

  test('is the checked tasks, not the text in which they came', async () => {
    const texts: unknown[] = [];
    const handler = createProxyHandler({
      apiKey: runwareKey,
      authorize: () => true,
      fetch: async (_, init) => {
        texts.push(init?.body);
        return Response.json({ data: [] });
      },
    });
    const body = `\ufeff [ {"taskUUID": "no", "taskType":"getResponse",
      "taskUUID":"\\u0037${question.taskUUID.slice(1)}"} ] `;
    const answer = await handler(new Request('http://a.example', { method: 'POST', body }));
    expect(answer.status).toBe(200);
    const { taskUUID, taskType } = question;
    expect(texts).toEqual([JSON.stringify([{ taskUUID, taskType }])]);
  });

  test('goes to the same place, whatever the request says', async () => {
    const { origin, requests } = await serveProxy();
    const init = { method: 'POST', body: JSON.stringify([question]) };
    const paths = ['/', '//evil.example/v1', '/v1/../../x?url=https://evil.example', '/?baseUrl=x'];
    for (const path of paths) {
      const headers = { 'X-Forwarded-Host': 'evil.example', 'X-Original-URL': '/evil' };
      const answer = await fetch(`${origin}${path}`, { ...init, headers });
      expect(answer.status).toBe(200);
    }
    expect(requests.map(({ url }) => url)).toEqual(Array(paths.length).fill('/v1'));
  });

  test('is not cached and not redirected', async () => {
    let sent: RequestInit = {};
    const handler = createProxyHandler({
      apiKey: runwareKey,
      authorize: () => true,
      fetch: async (_, init = {}) => {
        sent = init;
        return Response.json({ data: [] });
      },
    });
    const body = JSON.stringify([question]);
    await handler(new Request('http://a.example', { method: 'POST', body }));
    expect(sent).toMatchObject({ method: 'POST', cache: 'no-store', redirect: 'manual' });
  });

  test('keeps characters that arrive in pieces, both ways', async () => {
    const text = 'ß中😀'.repeat(20);
    const inPieces = (value: unknown) => {
      const bytes = new TextEncoder().encode(JSON.stringify(value));
      return new Response(
        new ReadableStream({
          start(controller) {
            for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
            controller.close();
          },
        }),
      );
    };
    const { handler, url, requests } = await serveProxy({
      fetch: async (input, init) => {
        await fetch(input, init);
        return inPieces({ data: [{ text }] });
      },
    });
    const tasks = [{ ...upload, media: text }];
    const { body } = inPieces(tasks);
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
    const answer = await handler(new Request(url, init));
    await expect(answer.json()).resolves.toEqual({ data: [{ text }] });
    expect(requests[0]?.tasks).toEqual(tasks);
  });

  test('carries the key of the moment', async () => {
    const keys = ['first-key', 'second-key'];
    const { ask, requests } = await serveProxy({ apiKey: async () => keys.shift() ?? '' });
    await ask([question]);
    await ask([question]);
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first-key',
      'Bearer second-key',
    ]);
  });

  test('is nothing when there is no key', async () => {
    const apiKey = () => Promise.reject(new Error('the vault is closed'));
    const { ask, requests, errors } = await serveProxy({ apiKey });
    const answer = await ask([job]);
    expect(answer.status).toBe(500);
    await expect(answer.text()).resolves.not.toContain('vault');
    expect(requests).toEqual([]);
    expect(errors).toMatchObject([{ cause: { message: 'the vault is closed' } }]);
  });
});

describe('the answer', () => {
  test.each([200, 400, 401, 402, 403, 404, 429, 500, 503, 504])(
    'has the status %i and the rows of the API',
    async (status) => {
      const body = { data: [{ taskUUID: job.taskUUID }], errors: [{ code: 'x', message: 'y' }] };
      const { ask } = await serveProxy({
        script: (_, response) => sendJson(response, status, body),
      });
      const answer = await ask([question]);
      expect(answer.status).toBe(status);
      await expect(answer.json()).resolves.toEqual(body);
    },
  );

  test('has no header of the API but Retry-After', async () => {
    const { ask } = await serveProxy({
      script: (_, response) =>
        sendJson(
          response,
          429,
          { errors: [] },
          {
            'Retry-After': '120',
            'Set-Cookie': ['session=runware', 'b=2'],
            'X-Request-Id': '1',
            'Cache-Control': 'public, max-age=60',
            'Access-Control-Allow-Origin': '*',
          },
        ),
    });
    const answer = await ask([question]);
    const ofNode = ['connection', 'date', 'keep-alive', 'transfer-encoding'];
    const own = [...answer.headers].filter(([name]) => !ofNode.includes(name));
    expect(Object.fromEntries(own)).toEqual({
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'retry-after': '120',
      'x-content-type-options': 'nosniff',
    });
  });

  test.each([
    ['Wed, 21 Oct 2026 07:28:00 GMT', 'Wed, 21 Oct 2026 07:28:00 GMT'],
    ['soon', null],
    ['<script>', null],
    ['1'.repeat(100), null],
  ])('has the Retry-After "%s" as %s', async (value, expected) => {
    const { ask } = await serveProxy({
      script: (_, response) => sendJson(response, 503, { errors: [] }, { 'Retry-After': value }),
    });
    const answer = await ask([question]);
    expect(answer.headers.get('retry-after')).toBe(expected);
  });

  test.each<[string, (response: ServerResponse) => unknown]>([
    ['HTML', (response) => response.end('<html>busy</html>')],
    ['nothing', (response) => response.end()],
    ['cut JSON', (response) => response.end('{"data":[')],
    ['a list', (response) => response.end('[]')],
    ['a text', (response) => response.end('"busy"')],
    ['null', (response) => response.end('null')],
    ['bytes that are no text', (response) => response.end(Buffer.from([0x22, 0xff, 0x22]))],
    ['a redirect', (response) => response.writeHead(307, { Location: 'http://127.0.0.1:1' }).end()],
    ['not modified', (response) => response.writeHead(304).end()],
    ['a broken connection', (response) => response.destroy()],
    [
      'a broken body',
      (response) =>
        response.writeHead(200, { 'Content-Length': 9 }).write('{}', () => response.destroy()),
    ],
    ['nested lists without end', (response) => response.end('{"a":'.repeat(1e6))],
    ['a deep answer', (response) => response.end('['.repeat(1e6) + ']'.repeat(1e6))],
  ])('to %s is 502, of which the owner is told', async (_, act) => {
    const { ask, errors } = await serveProxy({ script: (__, response) => void act(response) });
    const answer = await ask([question]);
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toBe('application/json');
    await expect(answer.json()).resolves.toEqual({
      errors: [{ code: 'serviceUnavailable', message: 'The API gave no usable answer.' }],
    });
    expect(errors).toMatchObject([{ name: 'ConnectionError' }]);
  });

  test('to HTML that asks for patience is 502 with that wish', async () => {
    const { ask } = await serveProxy({
      script: (_, response) => void response.writeHead(429, { 'Retry-After': '7' }).end('<html>'),
    });
    const answer = await ask([question]);
    expect(answer.status).toBe(502);
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  test('to a redirect is not sought at its target', async () => {
    let visits = 0;
    const target = createServer((_, response) => {
      visits++;
      sendJson(response, 200, { data: [] });
    });
    target.listen(0, '127.0.0.1');
    await once(target, 'listening');
    onTestFinished(() => void target.close());
    const { port } = target.address() as AddressInfo;
    for (const status of [301, 302, 303, 307, 308]) {
      const { ask } = await serveProxy({
        script: (_, response) =>
          void response.writeHead(status, { Location: `http://127.0.0.1:${port}/` }).end('{}'),
      });
      await expect(ask([job])).resolves.toHaveProperty('status', 502);
    }
    expect(visits).toBe(0);
  });

  test('to an API that cannot be reached is 502, and the owner is told why', async () => {
    // No server gets a port below 1024 by chance.
    const { ask, errors } = await serveProxy({ baseUrl: 'http://127.0.0.1:4/v1' });
    const answer = await ask([job]);
    expect(answer.status).toBe(502);
    await expect(answer.text()).resolves.not.toContain('127.0.0.1');
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/ECONNREFUSED/),
        cause: { cause: { code: 'ECONNREFUSED' } },
      },
    ]);
  });

  test('to an answer without end is 502, and no more than 10 MiB of it are read', async () => {
    let isCancelled = false;
    let read = 0;
    const { ask } = await serveProxy({
      fetch: async () => {
        const pull = (controller: ReadableStreamDefaultController) => {
          read += 2 ** 20;
          controller.enqueue(new Uint8Array(2 ** 20).fill(0x20));
        };
        const cancel = () => {
          isCancelled = true;
        };
        return new Response(new ReadableStream({ pull, cancel }));
      },
    });
    await expect(ask([question])).resolves.toHaveProperty('status', 502);
    expect(isCancelled).toBe(true);
    expect(read).toBeLessThanOrEqual(12 * 2 ** 20);
  });

  test('to an onError that fails is the same', async () => {
    for (const onError of [
      () => {
        throw new Error('a faulty log');
      },
      () => Promise.reject(new Error('a faulty log')),
    ]) {
      const { ask } = await serveProxy({
        script: (_, response) => void response.destroy(),
        onError,
      });
      await expect(ask([question])).resolves.toHaveProperty('status', 502);
    }
  });

  test.each<[string, (response: ServerResponse) => unknown]>([
    ['no answer', () => {}],
    ['headers only', (response) => response.writeHead(200).flushHeaders()],
    ['half a body', (response) => response.writeHead(200).write('{"data"')],
  ])('to %s is 504 when the time is over', async (_, act) => {
    const { ask, errors, requests } = await serveProxy({
      script: (__, response) => void act(response),
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = ask([job]);
    await until(() => requests.length === 1);
    vi.advanceTimersByTime(119_999);
    expect(errors).toEqual([]);
    vi.advanceTimersByTime(1);
    const answer = await asked;
    expect(answer.status).toBe(504);
    await expect(answer.json()).resolves.toMatchObject({ errors: [{ code: 'timeout' }] });
    expect(errors).toMatchObject([{ name: 'TimeoutError' }]);
  });

  test('comes in time although fetch and the key do not listen to a signal', async () => {
    for (const options of [
      { fetch: () => new Promise<Response>(() => {}) },
      { apiKey: () => new Promise<string>(() => {}) },
    ]) {
      const { ask } = await serveProxy({ timeoutMs: 20, ...options });
      await expect(ask([question])).resolves.toHaveProperty('status', 504);
    }
  });
});

describe('a caller who leaves', () => {
  /** Sends tasks, leaves when they have arrived, and says whether the API lost its client too. */
  async function leave(tasks: object[]) {
    let isLeft = false;
    const answers: ServerResponse[] = [];
    const work: Promise<unknown>[] = [];
    const { ask, requests, errors } = await serveProxy({
      script(_, response) {
        answers.push(response);
        response.on('close', () => {
          isLeft = !response.writableFinished;
        });
      },
      waitUntil: (promise) => work.push(promise),
    });
    const controller = new AbortController();
    const asked = ask(tasks, { signal: controller.signal }).catch(() => {});
    await until(() => requests.length === 1);
    controller.abort();
    await asked;
    return { isLeft: () => isLeft, answers, errors, work };
  }

  test.each([
    ['asks', [question]],
    ['asks for details', [question, detailsQuestion]],
  ])('and only %s ends the request to the API', async (_, tasks) => {
    const { isLeft, errors, work } = await leave(tasks);
    await until(isLeft);
    expect(errors).toEqual([]);
    expect(work).toEqual([]);
  });

  test.each([
    ['a submit', [job]],
    ['an upload', [upload]],
    ['a removal', [removal]],
    ['a submit among questions', [question, job]],
  ])('does not end %s', async (_, tasks) => {
    const { isLeft, answers, errors, work } = await leave(tasks);
    await wait(100);
    expect(isLeft()).toBe(false);
    const [answer] = answers;
    if (!answer) throw new Error('nothing came');
    sendJson(answer, 200, { data: [] });
    await once(answer, 'close');
    expect(answer.writableFinished).toBe(true);
    expect(work).toHaveLength(1);
    await expect(work[0]).resolves.toMatchObject({ status: 200 });
    expect(errors).toEqual([]);
  });

  test('before a question is sent: it is not sent', async () => {
    const signal = AbortSignal.abort();
    const { handler, url, requests } = await serveProxy();
    const init = { method: 'POST', body: JSON.stringify([question]), signal };
    await expect(handler(new Request(url, init))).resolves.toHaveProperty('status', 499);
    expect(requests).toEqual([]);
  });

  test('leaves no listener and no timer behind', async () => {
    const { handler, url } = await serveProxy();
    const request = new Request(url, { method: 'POST', body: JSON.stringify([question]) });
    const added = vi.spyOn(request.signal, 'addEventListener');
    const removed = vi.spyOn(request.signal, 'removeEventListener');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await expect(handler(request)).resolves.toHaveProperty('status', 200);
    expect(vi.getTimerCount()).toBe(0);
    expect(added).toHaveBeenCalledOnce();
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });
});
