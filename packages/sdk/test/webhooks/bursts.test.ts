import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as webhooks from '../../src/webhooks/index.js';
import { type ReceivedTask, sendJson, success } from '../http/scripted-server.js';
import { promised, secret, startWebhook } from './start-webhook.js';

const [a, b] = [crypto.randomUUID(), crypto.randomUUID()] as const;

/** A webhook in front of an API that keeps its questions until a test answers them. */
async function startPatient() {
  const questions: { task: ReceivedTask; response: ServerResponse }[] = [];
  let onQuestion = () => {};
  let joined = 0;
  const webhook = await startWebhook({
    // Called when a delivery has asked its question, or has taken part in another.
    waitUntil: () => {
      joined += 1;
    },
    script: ({ tasks: [task] }, response) => {
      questions.push({ task: task as ReceivedTask, response });
      onQuestion();
    },
  });
  /** Resolves when the API has been asked so often. */
  const asked = async (count: number) => {
    const { promise, resolve } = promised();
    onQuestion = () => questions.length >= count && resolve();
    onQuestion();
    await promise;
  };
  /** Resolves when so many deliveries have asked. */
  const hasJoined = async (count: number) => {
    while (joined < count) await setImmediate();
  };
  const tell = (index: number, ...rows: object[]) => {
    const response = questions[index]?.response;
    if (response) sendJson(response, 200, { data: rows });
  };
  const send = async (payload: object, url = webhook.url) => {
    const request = new Request(url, { method: 'POST', body: JSON.stringify(payload) });
    return (await webhook.handler(request)).status;
  };
  return { ...webhook, questions, asked, hasJoined, tell, send };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a burst of deliveries of one task', () => {
  test('asks the API once, and once more for those that came while it was being asked', async () => {
    const { taskUUID, questions, asked, hasJoined, tell, send, videos } = await startPatient();
    const first = send(success(taskUUID, a));
    await asked(1);
    const others = Array.from({ length: 30 }, (_, index) =>
      send(success(taskUUID, index % 2 ? a : b)),
    );
    await hasJoined(31);
    expect(questions).toHaveLength(1);
    tell(0, success(taskUUID, a));
    expect(await first).toBe(200);
    await asked(2);
    tell(1, success(taskUUID, a), success(taskUUID, b));
    expect(new Set(await Promise.all(others))).toEqual(new Set([200]));
    expect(questions).toHaveLength(2);
    expect(videos.map(({ videoUUID }) => videoUUID)).toEqual([a, b]);
  });

  test('sees news that came after the question under way began', async () => {
    const { taskUUID, asked, hasJoined, tell, send } = await startPatient();
    const early = send(success(taskUUID, a));
    await asked(1);
    const late = send(success(taskUUID, b));
    await hasJoined(2);
    tell(0, success(taskUUID, a));
    expect(await early).toBe(200);
    await asked(2);
    tell(1, success(taskUUID, a), success(taskUUID, b));
    expect(await late).toBe(200);
  });

  test('is asked for again although the question under way fails', async () => {
    const { taskUUID, questions, asked, hasJoined, tell, send } = await startPatient();
    const first = send(success(taskUUID, a));
    await asked(1);
    const second = send(success(taskUUID, a));
    await hasJoined(2);
    questions[0]?.response.destroy();
    expect(await first).toBe(503);
    await asked(2);
    tell(1, success(taskUUID, a));
    expect(await second).toBe(200);
  });

  test('is one burst however the taskUUID is spelled', async () => {
    const { taskUUID, questions, url, asked, hasJoined, tell, send } = await startPatient();
    const first = send(success(taskUUID, a));
    await asked(1);
    const spelled = url.replace(taskUUID, taskUUID.toUpperCase());
    const others = [send(success(taskUUID, a), spelled), send(success(taskUUID, a))];
    await hasJoined(3);
    expect(questions).toHaveLength(1);
    tell(0, success(taskUUID, a));
    await asked(2);
    tell(1, success(taskUUID, a));
    expect(await Promise.all([first, ...others])).toEqual([200, 200, 200]);
  });

  test('is forgotten when it is over: the next delivery asks anew', async () => {
    const { taskUUID, truth, url, handler, api } = await startWebhook();
    truth.data = [success(taskUUID, a)];
    for (const count of [1, 2, 3]) {
      await handler(
        new Request(url, { method: 'POST', body: JSON.stringify(success(taskUUID, a)) }),
      );
      expect(api.requests).toHaveLength(count);
    }
  });
});

test('deliveries of different tasks do not wait for each other', async () => {
  const { taskUUID, endpoint, asked, tell, send } = await startPatient();
  const other = crypto.randomUUID();
  const first = send(success(taskUUID, a));
  await asked(1);
  const second = send(success(other, a), await webhooks.urlFor(endpoint, other, { secret }));
  await asked(2);
  tell(1, success(other, a));
  expect(await second).toBe(200);
  tell(0, success(taskUUID, a));
  expect(await first).toBe(200);
});

test('a question that is never answered does not keep a repeated delivery from being confirmed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const { taskUUID, asked, hasJoined, tell, send, videos } = await startPatient();
  const first = send(success(taskUUID, a));
  await asked(1);
  await vi.advanceTimersByTimeAsync(4_500);
  expect(await first).toBe(503);
  const second = send(success(taskUUID, a));
  await hasJoined(2);
  await vi.advanceTimersByTimeAsync(1);
  await asked(2);
  tell(1, success(taskUUID, a));
  expect(await second).toBe(200);
  expect(videos).toHaveLength(1);
  tell(0);
});
