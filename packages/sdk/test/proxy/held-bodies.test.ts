import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Sync3 } from '../../src/index.js';
import type { ProxyOptions } from '../../src/proxy/index.js';
import { cooperative, sendJson } from '../http/scripted-server.js';
import { quickPolling, sampleJob } from '../sample-job.js';
import { job, question, serveProxy, sessionToken, until, upload } from './serve-proxy.js';

const mebibyte = 2 ** 20;

afterEach(() => {
  vi.useRealTimers();
});

/** A request whose body comes when a test says so; without a length when none is given. */
function slowRequest(url: string, length?: number) {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const seen = { isRead: false, isCancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      start(given) {
        controller = given;
      },
      pull() {
        seen.isRead = true;
      },
      cancel() {
        seen.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const headers: Record<string, string> = length ? { 'Content-Length': `${length}` } : {};
  const init = { method: 'POST', headers, body, ...{ duplex: 'half' } };
  const finish = (tasks: unknown = [question]) => {
    controller?.enqueue(new TextEncoder().encode(JSON.stringify(tasks)));
    controller?.close();
  };
  return { request: new Request(url, init), seen, finish };
}

/** A proxy whose API answers when a test says so. */
async function serveSlowApi(options: Partial<ProxyOptions>) {
  const answers: ServerResponse[] = [];
  const served = await serveProxy({
    script: (_, response) => void answers.push(response),
    ...options,
  });
  const answerAll = () => {
    for (const answer of answers.splice(0)) sendJson(answer, 200, { data: [] });
  };
  return { ...served, answerAll };
}

const bodyOf = (bytes: number) => {
  const empty = JSON.stringify([{ ...upload, media: '' }]).length;
  return JSON.stringify([{ ...upload, media: 'a'.repeat(bytes - empty) }]);
};

describe('a body is refused with 503, and a wish to try again after a second', () => {
  test('when as many are held as may be, until one of them is answered', async () => {
    const authorize = vi.fn(() => true);
    const options = { maxConcurrentBodies: 2, authorize };
    const { ask, requests, errors, answerAll } = await serveSlowApi(options);
    const held = [ask([question]), ask([job])];
    await until(() => requests.length === 2);
    const refused = await ask([question]);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    await expect(refused.json()).resolves.toEqual({
      errors: [{ code: 'serviceUnavailable', message: expect.stringContaining('Try again') }],
    });
    expect(authorize).toHaveBeenCalledTimes(2);
    expect(errors).toEqual([]);
    answerAll();
    for (const asked of held) expect((await asked).status).toBe(200);
    const asked = ask([question]);
    await until(() => requests.length === 3);
    answerAll();
    expect((await asked).status).toBe(200);
  });

  test('when it would exceed the bytes that may be held; a shorter one passes', async () => {
    const options = { maxBodyBytes: 1_000, maxHeldBytes: 2_000 };
    const { ask, requests, answerAll } = await serveSlowApi(options);
    const held = [ask(bodyOf(900)), ask(bodyOf(900))];
    await until(() => requests.length === 2);
    expect((await ask(bodyOf(201))).status).toBe(503);
    held.push(ask(bodyOf(200)));
    await until(() => requests.length === 3);
    answerAll();
    for (const asked of held) expect((await asked).status).toBe(200);
  });

  test('when its length is unknown and a body of maxBodyBytes might not fit; it stays unread', async () => {
    const { handler, url } = await serveProxy({ maxBodyBytes: 1_000, maxHeldBytes: 2_999 });
    const held = [slowRequest(url), slowRequest(url)];
    const asked = held.map(({ request }) => handler(request));
    await until(() => held.every(({ seen }) => seen.isRead));
    for (const length of [undefined, 1_000, Number.NaN]) {
      const another = slowRequest(url, length);
      expect((await handler(another.request)).status).toBe(503);
      expect(another.seen.isRead).toBe(false);
    }
    for (const { finish } of held) finish();
    for (const { status } of await Promise.all(asked)) expect(status).toBe(200);
  });

  test('by default from the 65th MiB on, and from the 101st body on', async () => {
    const { handler, url } = await serveProxy();
    for (const [length, most] of [
      [undefined, 64],
      [100, 100],
    ] as const) {
      const held = Array.from({ length: most }, () => slowRequest(url, length));
      const asked = held.map(({ request }) => handler(request));
      await until(() => held.every(({ seen }) => seen.isRead));
      expect((await handler(slowRequest(url, 100).request)).status).toBe(503);
      for (const { finish } of held) finish();
      for (const { status } of await Promise.all(asked)) expect(status).toBe(200);
    }
  });

  test('and the SDK in the browser submits its job a second later, once', async () => {
    const submits: string[] = [];
    const { url, handler } = await serveProxy({
      maxConcurrentBodies: 1,
      script(request, response) {
        const [{ taskType = '', taskUUID = '' } = {}] = request.tasks;
        if (taskType === 'videoInference') submits.push(taskUUID);
        if (submits.includes(taskUUID)) cooperative(request, response);
        else sendJson(response, 200, { data: [] });
      },
    });
    const held = slowRequest(url);
    const asked = handler(held.request);
    await until(() => held.seen.isRead);
    const delays: number[] = [];
    const onRetry = async ({ delayMs }: { delayMs: number }) => {
      delays.push(delayMs);
      held.finish();
      await asked;
    };
    const client = new Sync3({
      baseUrl: url,
      apiKey: sessionToken,
      polling: quickPolling,
      hooks: { onRetry },
    });
    const { taskUUID } = await client.lipsync.submit(sampleJob);
    expect(delays).toEqual([1_000]);
    expect(submits).toEqual([taskUUID]);
  });
});

describe('its place is free again', () => {
  const broken = () => new ReadableStream({ start: (c) => c.error(new Error('gone')) });

  test.each<[string, number, Partial<ProxyOptions>, unknown]>([
    ['that is no JSON', 400, {}, '['],
    ['that breaks a rule', 400, {}, JSON.stringify([{ ...job, ttl: 1 }])],
    ['that is too large', 413, { maxBodyBytes: 100 }, new Blob(['a'.repeat(200)]).stream()],
    ['that breaks off', 400, {}, broken()],
    ['of a caller who is not authorized', 401, { authorize: () => false }, undefined],
    [
      'of which authorize fails',
      500,
      {
        authorize: () => {
          throw new Error('the database is down');
        },
      },
      undefined,
    ],
    ['to which the API gives no answer', 502, { fetch: () => Promise.reject() }, undefined],
    ['that is answered', 200, {}, undefined],
  ])('behind a body %s', async (_, status, options, body = JSON.stringify([question])) => {
    const { handler, url } = await serveProxy({ maxConcurrentBodies: 1, ...options });
    const init = { method: 'POST', body, ...{ duplex: 'half' } } as RequestInit;
    expect((await handler(new Request(url, init))).status).toBe(status);
    const next = slowRequest(url);
    const asked = handler(next.request);
    await until(() => next.seen.isRead);
    next.finish([]);
    expect((await asked).status).toBe(400);
  });
});

test('a body that does not come whole in time is answered with 408, and is no longer held', async () => {
  const options = { maxConcurrentBodies: 1, bodyTimeoutMs: 30_000 };
  const { handler, url, errors } = await serveProxy(options);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const slow = slowRequest(url);
  const asked = handler(slow.request);
  await until(() => slow.seen.isRead);
  vi.advanceTimersByTime(29_999);
  expect((await handler(slowRequest(url).request)).status).toBe(503);
  vi.advanceTimersByTime(1);
  const answer = await asked;
  expect(answer.status).toBe(408);
  await expect(answer.json()).resolves.toMatchObject({ errors: [{ code: 'requestTimeout' }] });
  await until(() => slow.seen.isCancelled);
  expect(errors).toEqual([]);
  const next = slowRequest(url);
  const askedAgain = handler(next.request);
  await until(() => next.seen.isRead);
  next.finish();
  vi.useRealTimers();
  expect((await askedAgain).status).toBe(200);
});

test('a body that is longer than announced is read no further than that', async () => {
  const { handler, url, requests } = await serveProxy({ maxBodyBytes: 1_000, maxHeldBytes: 1_000 });
  const init = { method: 'POST', body: bodyOf(900), headers: { 'Content-Length': '10' } };
  expect((await handler(new Request(url, init))).status).toBe(413);
  expect(requests).toEqual([]);
});

test('callers whom authenticate refuses take no place', async () => {
  const authenticate = ({ headers }: Request) => headers.has('Authorization');
  const options = { maxConcurrentBodies: 1, authenticate };
  const { handler, url, ask } = await serveProxy(options);
  for (let count = 0; count < 3; count++) {
    expect((await handler(slowRequest(url).request)).status).toBe(401);
  }
  const headers = { Authorization: 'Bearer session' };
  expect((await ask([question], { headers })).status).toBe(200);
});

test('by default, a body may have 1 MiB, and its refusal says so', async () => {
  const { ask, requests } = await serveProxy({ script: cooperative });
  expect((await ask(bodyOf(mebibyte))).status).toBe(200);
  const refused = await ask(bodyOf(mebibyte + 1));
  expect(refused.status).toBe(413);
  await expect(refused.json()).resolves.toMatchObject({
    errors: [{ code: 'requestTooLarge', message: expect.stringContaining(`${mebibyte} bytes`) }],
  });
  expect(requests).toHaveLength(1);
});

test('a larger maxBodyBytes makes room for one such body', async () => {
  const { ask } = await serveProxy({ maxBodyBytes: 100 * mebibyte });
  expect((await ask(bodyOf(65 * mebibyte))).status).toBe(200);
});
