import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Script, sendJson, success } from '../http/scripted-server.js';
import { post, promised, startWebhook, streamed } from './start-webhook.js';

describe('503 with Retry-After, and nothing is called, when the API', () => {
  const scripts: [string, Script][] = [
    ['breaks the connection', (_, response) => response.destroy()],
    ['answers 500', (_, response) => sendJson(response, 500, {})],
    ['answers 429', (_, response) => sendJson(response, 429, {})],
    [
      'refuses the key',
      (_, response) =>
        sendJson(response, 401, { errors: [{ code: 'invalidApiKey', message: 'x' }] }),
    ],
    [
      'does not find the task',
      (_, response) =>
        sendJson(response, 404, { errors: [{ code: 'taskNotFound', message: 'x' }] }),
    ],
    ['answers with a web page', (_, response) => response.end('<html></html>')],
    ['answers with nothing', (_, response) => response.end()],
    ['answers with odd rows', (_, response) => sendJson(response, 200, { data: [null, 7, {}] })],
  ];
  test.each(scripts)('%s', async (_, script) => {
    const { url, taskUUID, videos, failures, errors } = await startWebhook({ script });
    const response = await post(url, success(taskUUID));
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('1');
    expect([...videos, ...failures]).toEqual([]);
    expect(errors).toMatchObject([{ status: 503, taskUUID, retryable: true }]);
  });
});

test('the reason why the API did not tell is the cause of the error', async () => {
  const script: Script = (_, response) =>
    sendJson(response, 403, { errors: [{ code: 'forbidden', message: 'x' }] });
  const { url, taskUUID, errors } = await startWebhook({ script });
  await post(url, success(taskUUID));
  expect(errors).toMatchObject([{ cause: { name: 'PermissionDeniedError' } }]);
});

test('a video that came with an HTTP error is handed on', async () => {
  const script: Script = ({ tasks: [task] }, response) =>
    sendJson(response, 500, { data: [success(task?.taskUUID ?? '')] });
  const { url, taskUUID, videos } = await startWebhook({ script });
  expect((await post(url, success(taskUUID))).status).toBe(200);
  expect(videos).toHaveLength(1);
});

describe('in time', () => {
  beforeEach(() => {
    // Only these: the servers need theirs.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Whether there is an answer 1 ms before and at the time it is due. */
  async function answerTimes(answer: Promise<Response>, dueMs: number) {
    let isAnswered = false;
    answer.then(() => {
      isAnswered = true;
    });
    await vi.advanceTimersByTimeAsync(dueMs - 1);
    const before = isAnswered;
    await vi.advanceTimersByTimeAsync(1);
    return { before, status: (await answer).status };
  }

  const delivery = (url: string, taskUUID: string) =>
    new Request(url, { method: 'POST', body: JSON.stringify(success(taskUUID)) });

  test.each([
    [4500, {}],
    [100, { timeoutMs: 100 }],
  ])(
    'an API that is slow is answered for with 503 after %i ms; the work goes on',
    async (dueMs, options) => {
      const { promise: isAsked, resolve: ask } = promised<() => void>();
      const { handler, url, taskUUID, videos, errors } = await startWebhook({
        ...options,
        script: ({ tasks: [task] }, response) =>
          ask(() => sendJson(response, 200, { data: [success(task?.taskUUID ?? '')] })),
      });
      const answer = handler(delivery(url, taskUUID));
      const tellNow = await isAsked;
      expect(await answerTimes(answer, dueMs)).toEqual({ before: false, status: 503 });
      expect((await answer).headers.get('Retry-After')).toBe('1');
      expect(errors).toMatchObject([{ status: 503, taskUUID, retryable: true }]);
      expect(videos).toEqual([]);
      tellNow();
      vi.useRealTimers();
      await expect.poll(() => videos).toHaveLength(1);
      expect(errors).toHaveLength(1);
    },
  );

  test('a callback that is slow is answered for with 503; the next delivery finds it done', async () => {
    const { promise: isCalled, resolve: call } = promised();
    const { promise: isStored, resolve: store } = promised();
    const onVideo = vi.fn(() => {
      call();
      return isStored;
    });
    const waiting: Promise<unknown>[] = [];
    const { handler, url, taskUUID, truth, errors } = await startWebhook({
      onVideo,
      waitUntil: (work) => waiting.push(work),
    });
    truth.data = [success(taskUUID)];
    const answer = handler(delivery(url, taskUUID));
    await isCalled;
    expect(await answerTimes(answer, 4500)).toEqual({ before: false, status: 503 });
    store();
    await Promise.all(waiting);
    expect((await handler(delivery(url, taskUUID))).status).toBe(200);
    expect(onVideo).toHaveBeenCalledTimes(1);
    expect(errors).toHaveLength(1);
    expect(waiting).toHaveLength(2);
  });

  test('a callback that fails after the answer is told as an error of its own', async () => {
    const { promise: isCalled, resolve: call } = promised();
    const { promise: isStored, reject: fail } = promised();
    const waiting: Promise<unknown>[] = [];
    const { handler, url, taskUUID, truth, errors } = await startWebhook({
      onVideo: () => {
        call();
        return isStored;
      },
      waitUntil: (work) => waiting.push(work),
    });
    truth.data = [success(taskUUID)];
    const answer = handler(delivery(url, taskUUID));
    await isCalled;
    await answerTimes(answer, 4500);
    fail(new Error('disk full'));
    await Promise.all(waiting);
    expect(errors).toMatchObject([
      { status: 503 },
      { status: 500, cause: { message: 'disk full' } },
    ]);
  });

  test('a body that is slow is answered with 408', async () => {
    const { promise: isRead, resolve: read } = promised();
    const body = new ReadableStream(
      {
        pull: (controller) => {
          controller.enqueue(new TextEncoder().encode('{'));
          read();
          return new Promise(() => {});
        },
      },
      { highWaterMark: 0 },
    );
    const { handler, url, taskUUID, errors, api } = await startWebhook();
    const answer = handler(streamed(url, body));
    await isRead;
    expect(await answerTimes(answer, 4500)).toEqual({ before: false, status: 408 });
    expect(errors).toMatchObject([{ status: 408, taskUUID, retryable: false }]);
    expect(api.requests).toEqual([]);
  });

  test('the sender who goes away does not stop the work', async () => {
    const { promise: isAsked, resolve: ask } = promised<() => void>();
    const { handler, url, taskUUID, videos } = await startWebhook({
      script: ({ tasks: [task] }, response) =>
        ask(() => sendJson(response, 200, { data: [success(task?.taskUUID ?? '')] })),
    });
    const controller = new AbortController();
    const { signal } = controller;
    const answer = handler(new Request(delivery(url, taskUUID), { signal }));
    const tellNow = await isAsked;
    controller.abort();
    tellNow();
    expect((await answer).status).toBe(200);
    expect(videos).toHaveLength(1);
  });

  test('an answer leaves no timer behind', async () => {
    const { handler, url, taskUUID, truth } = await startWebhook();
    truth.data = [success(taskUUID)];
    await handler(delivery(url, taskUUID));
    await handler(delivery(`${url}x`, taskUUID));
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('a waitUntil that throws is answered with 500; the work goes on', async () => {
  const { url, truth, taskUUID, videos, errors } = await startWebhook({
    waitUntil: () => {
      throw new Error('no context');
    },
  });
  truth.data = [success(taskUUID)];
  expect((await post(url, success(taskUUID))).status).toBe(500);
  expect(errors).toMatchObject([{ status: 500, cause: { message: 'no context' } }]);
  await expect.poll(() => videos).toHaveLength(1);
});
