import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import {
  AbortError,
  ApiError,
  Sync3,
  TaskFailedError,
  type TaskSnapshot,
} from '../../src/index.js';
import { quickPolling } from '../sample-job.js';
import {
  processing,
  type Script,
  sendJson,
  startScriptedServer,
  success,
} from './scripted-server.js';

const taskUUID = '6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11';

/** Answers polls one after the other; the last answer is repeated. */
async function answerPolls(...answers: [status: number, body: unknown, headers?: object][]) {
  let polls = 0;
  const script: Script = (_, response) => {
    const [status, body, headers] = answers[Math.min(polls++, answers.length - 1)] ?? [500, {}];
    sendJson(response, status, body, headers);
  };
  const server = await startScriptedServer(script);
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling: quickPolling });
  return { sync3, polls: () => polls, server };
}

const failed = (code: string) => ({ taskUUID, status: 'error', error: { code, message: code } });

describe('a wait ends with', () => {
  test('two videos and one failure when one of three results fails', async () => {
    const { sync3 } = await answerPolls(
      [200, { data: [success(taskUUID, 'a'), processing(taskUUID), processing(taskUUID)] }],
      [200, { data: [success(taskUUID, 'a'), failed('timeoutProvider'), success(taskUUID, 'b')] }],
    );
    const result = await sync3.tasks.attach(taskUUID, { expectedResults: 3 }).wait();
    expect(result.videos.map(({ videoUUID }) => videoUUID)).toEqual(['a', 'b']);
    expect(result.failures).toMatchObject([{ code: 'timeoutProvider' }]);
  });

  test('both kinds of failures, as a row and as an error beside data', async () => {
    const { sync3 } = await answerPolls([
      200,
      {
        data: [success(taskUUID, 'a'), failed('inferenceError')],
        errors: [{ code: 'contentPolicyViolation', message: 'x', taskUUID }],
      },
    ]);
    const result = await sync3.tasks.attach(taskUUID, { expectedResults: 3 }).wait();
    expect(result.failures.map(({ code }) => code)).toEqual([
      'inferenceError',
      'contentPolicyViolation',
    ]);
  });

  test('the videos it saw before they left the answers', async () => {
    const { sync3 } = await answerPolls(
      [200, { data: [success(taskUUID, 'a'), processing(taskUUID)] }],
      [200, { data: [success(taskUUID, 'b')] }],
    );
    const result = await sync3.tasks.attach(taskUUID, { expectedResults: 2 }).wait();
    expect(result.videos).toHaveLength(2);
  });

  test('a failure that has left the answers since', async () => {
    const { sync3 } = await answerPolls(
      [200, { data: [failed('timeoutProvider'), processing(taskUUID)] }],
      [200, { data: [success(taskUUID, 'a')] }],
    );
    const result = await sync3.tasks.attach(taskUUID, { expectedResults: 2 }).wait();
    expect(result).toMatchObject({ videos: [{}], failures: [{ code: 'timeoutProvider' }] });
  });

  test('every result, although only one was expected and the others are in progress', async () => {
    const { sync3 } = await answerPolls(
      [200, { data: [success(taskUUID, 'a'), processing(taskUUID)] }],
      [200, { data: [success(taskUUID, 'a'), success(taskUUID, 'b')] }],
    );
    const result = await sync3.tasks.attach(taskUUID).wait();
    expect(result.videos).toHaveLength(2);
  });

  test('the result although a poll in the middle is 403, 404, 429, 500, 503 or a refusal', async () => {
    const { sync3 } = await answerPolls(
      [200, { data: [processing(taskUUID)] }],
      [403, { errors: [{ code: 'forbidden', message: 'x' }] }],
      [404, { errors: [{ code: 'taskNotFound', message: 'x', taskUUID }] }],
      [429, { errors: [{ code: 'rateLimitExceeded', message: 'x' }] }, { 'retry-after': '0' }],
      [500, { errors: [{ code: 'internalServerError', message: 'x', taskUUID }] }],
      [503, {}],
      [200, { data: [] }],
      [200, { data: [{ taskUUID, status: 'pending' }] }],
      [200, { data: [{ taskUUID, status: 'somethingNew' }] }],
      [200, { data: [success(taskUUID)] }],
    );
    const result = await sync3.tasks.attach(taskUUID).wait();
    expect(result.videos).toHaveLength(1);
  });

  test('the result although an unknown task in the same requests turns them all into 400', async () => {
    const unknown = crypto.randomUUID();
    const server = await startScriptedServer(({ tasks }, response) => {
      const errors = [{ code: 'taskNotFound', message: 'x', taskUUID: unknown }];
      if (tasks.some((task) => task.taskUUID === unknown)) {
        sendJson(response, 400, { data: [], errors });
      } else sendJson(response, 200, { data: tasks.map((task) => success(task.taskUUID)) });
    });
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling: quickPolling });
    const controller = new AbortController();
    const lost = sync3.tasks.attach(unknown).wait({ signal: controller.signal });
    const outcome = expect(lost).rejects.toBeInstanceOf(AbortError);
    const results = await Promise.all(
      [taskUUID, crypto.randomUUID()].map((uuid) => sync3.tasks.attach(uuid).wait()),
    );
    expect(results).toHaveLength(2);
    controller.abort();
    await outcome;
  });

  test('no failure when an error is about the getResponse request, or an old conflict', async () => {
    const { sync3 } = await answerPolls(
      [400, { errors: [{ code: 'unsupported', message: 'x', taskUUID, taskType: 'getResponse' }] }],
      [200, { data: [], errors: [{ code: 'conflictTaskUUID', message: 'x', taskUUID }] }],
      [200, { data: [success(taskUUID)] }],
    );
    await expect(sync3.tasks.attach(taskUUID).wait()).resolves.toMatchObject({ failures: [] });
  });

  test('one failure, not two, when it is told as a row and as an error', async () => {
    const error = { code: 'timeoutProvider', message: 'x', taskUUID };
    const { sync3 } = await answerPolls([
      200,
      { data: [success(taskUUID, 'a'), failed('timeoutProvider')], errors: [error] },
    ]);
    const result = await sync3.tasks.attach(taskUUID, { expectedResults: 2 }).wait();
    expect(result.failures).toHaveLength(1);
  });

  test('a video only when the row says success, whatever else it holds', async () => {
    const { sync3 } = await answerPolls(
      [200, { data: [{ ...processing(taskUUID), videoURL: null }] }],
      [200, { data: [{ ...processing(taskUUID), videoURL: 'https://vm.runware.ai/half.mp4' }] }],
      [200, { data: [success(taskUUID, 'whole')] }],
    );
    const result = await sync3.tasks.attach(taskUUID).wait();
    expect(result.videos).toMatchObject([{ videoUUID: 'whole' }]);
  });

  test('the result although rows and errors before it are of odd types', async () => {
    const { sync3 } = await answerPolls(
      [200, { errors: [{ taskUUID: [taskUUID], code: { toString: 1 }, message: 7 }] }],
      [200, { data: [{ taskUUID: { toString: 1 } }], errors: '' }],
      [200, { data: [], error: false }],
      [200, { data: [success(taskUUID)] }],
    );
    await expect(sync3.tasks.attach(taskUUID).wait()).resolves.toBeDefined();
  });

  test('every result, although a failure was told while the others were not listed', async () => {
    const error = { code: 'timeoutProvider', message: 'x', taskUUID };
    const { sync3 } = await answerPolls(
      [200, { data: [], errors: [error] }],
      [200, { data: [success(taskUUID, 'a')], errors: [error] }],
      [200, { data: [success(taskUUID, 'a'), success(taskUUID, 'b')], errors: [error] }],
    );
    const result = await sync3.tasks.attach(taskUUID, { expectedResults: 3 }).wait();
    expect(result).toMatchObject({ videos: [{}, {}], failures: [{}], missing: 0 });
  });

  test('a video whose row came with an HTTP error', async () => {
    const { sync3, polls } = await answerPolls([
      500,
      { data: [success(taskUUID)], errors: [{ code: 'x', message: 'another task' }] },
    ]);
    const result = await sync3.tasks.attach(taskUUID).wait();
    expect(result.videos).toHaveLength(1);
    expect(polls()).toBe(1);
  });

  test('TaskFailedError with every failure when all results failed', async () => {
    const { sync3 } = await answerPolls([200, { data: [failed('a'), failed('b')] }]);
    const error = await sync3.tasks
      .attach(taskUUID, { expectedResults: 2 })
      .wait()
      .catch((caught) => caught);
    expect(error).toBeInstanceOf(TaskFailedError);
    expect(error).toMatchObject({ taskUUID, failures: [{ code: 'a' }, { code: 'b' }] });
  });

  test('TaskFailedError at once when the API says so in errors', async () => {
    const error = { code: 'timeoutProvider', message: 'Too slow.', taskUUID };
    const { sync3, polls } = await answerPolls([200, { data: [], errors: [error] }]);
    await expect(sync3.tasks.attach(taskUUID).wait()).rejects.toThrow(/Too slow/);
    expect(polls()).toBe(1);
  });

  test('ApiError with the taskUUID when the API keeps refusing the key', async () => {
    const { sync3, polls } = await answerPolls([
      401,
      { errors: [{ code: 'invalidApiKey', message: 'x' }] },
    ]);
    const error = await sync3.tasks
      .attach(taskUUID)
      .wait()
      .catch((caught) => caught);
    expect(ApiError.is(error)).toBe(true);
    expect(error).toMatchObject({ name: 'AuthenticationError', taskUUID });
    expect(polls()).toBe(5);
  });

  test('ApiError for each of many tasks that share requests when the API keeps refusing the key', async () => {
    const { sync3, polls } = await answerPolls([
      401,
      { errors: [{ code: 'invalidApiKey', message: 'x' }] },
    ]);
    const waits = Array.from({ length: 20 }, () =>
      sync3.tasks
        .attach(crypto.randomUUID())
        .wait()
        .catch(({ name }) => name),
    );
    expect(await Promise.all(waits)).toEqual(Array(20).fill('AuthenticationError'));
    // Five for each alone would be 100.
    expect(polls()).toBeLessThan(50);
  });
});

test('iterating yields what is known after each look and ends when the job has settled', async () => {
  const { sync3 } = await answerPolls(
    [200, { data: [{ ...processing(taskUUID), progress: 40 }] }],
    [200, { data: [success(taskUUID)] }],
  );
  const seen: TaskSnapshot[] = [];
  for await (const snapshot of sync3.tasks.attach(taskUUID)) seen.push(snapshot);
  expect(seen).toMatchObject([
    { status: 'processing', progress: 40, pending: 1, videos: [] },
    { status: 'settled', pending: 0, videos: [{ taskUUID }] },
  ]);
});

test('a task that has settled can be waited for again', async () => {
  const { sync3 } = await answerPolls([200, { data: [success(taskUUID)] }]);
  const task = sync3.tasks.attach(taskUUID);
  await task.wait();
  await expect(task.wait()).resolves.toMatchObject({ taskUUID });
});

test.each([
  [
    'throws',
    () => {
      throw new Error('a faulty display');
    },
  ],
  ['rejects', () => Promise.reject(new Error('a faulty display'))],
])('an onUpdate that %s does not end the wait, and is a warning', async (_, onUpdate) => {
  const server = await startScriptedServer(({ tasks }, response) => {
    sendJson(response, 200, { data: tasks.map((task) => success(task.taskUUID)) });
  });
  const warnings: unknown[] = [];
  const hooks = {
    onWarning: ({ cause }: { cause?: unknown }) => warnings.push(cause),
    onPoll: () => Promise.reject(new Error('a faulty hook')),
  };
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', hooks });
  await expect(sync3.tasks.attach(taskUUID).wait({ onUpdate })).resolves.toBeDefined();
  expect(warnings).toMatchObject([{ message: 'a faulty hook' }, { message: 'a faulty display' }]);
});

test.each([0, -1, Number.NaN])('expectedResults of %f is refused', async (expectedResults) => {
  const sync3 = new Sync3({ apiKey: 'key' });
  expect(() => sync3.tasks.attach(taskUUID, { expectedResults })).toThrow(/expectedResults/);
});

test('a URL that is not HTTP is not handed on', async () => {
  const row = { ...success(taskUUID), videoURL: 'file:///etc/passwd' };
  const { sync3 } = await answerPolls([200, { data: [row] }]);
  const { videos } = await sync3.tasks.attach(taskUUID).wait();
  expect(videos[0]?.url).toBe('');
});

describe('tasks.status looks once', () => {
  test('and says what is known', async () => {
    const { sync3, polls } = await answerPolls([200, { data: [success(taskUUID)] }]);
    await expect(sync3.tasks.status(taskUUID)).resolves.toMatchObject({ status: 'settled' });
    expect(polls()).toBe(1);
  });

  test('an unknown task looks like one in progress', async () => {
    const { sync3 } = await answerPolls([200, { data: [] }]);
    await expect(sync3.tasks.status(taskUUID)).resolves.toMatchObject({ status: 'processing' });
  });

  test('a refusal is an ApiError', async () => {
    const { sync3 } = await answerPolls([403, { errors: [{ code: 'forbidden', message: 'x' }] }]);
    await expect(sync3.tasks.status(taskUUID)).rejects.toMatchObject({
      name: 'PermissionDeniedError',
      taskUUID,
    });
  });
});

/** Finishes a job that is asked for alone, and does otherwise with a list. */
const singlesOnly =
  (refuse: (response: ServerResponse) => void): Script =>
  ({ tasks }, response) => {
    const [task, ...others] = tasks;
    if (others.length > 0 || !task) refuse(response);
    else sendJson(response, 200, { data: [success(task.taskUUID)] });
  };
const oneAtATime = {
  data: [],
  errors: [{ code: 'invalidRequest', message: 'One at a time.' }],
};

describe('many waits', () => {
  const manyUUIDs = Array.from({ length: 250 }, () => crypto.randomUUID());

  test('share requests: 250 tasks are asked for in three', async () => {
    const server = await startScriptedServer(({ tasks }, response) => {
      sendJson(response, 200, { data: tasks.map((task) => success(task.taskUUID)) });
    });
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling: quickPolling });
    const results = await Promise.all(manyUUIDs.map((uuid) => sync3.tasks.attach(uuid).wait()));
    expect(results.map(({ taskUUID }) => taskUUID)).toEqual(manyUUIDs);
    const sizes = server.requests.map(({ tasks }) => tasks.length);
    expect(sizes.sort((a, b) => a - b)).toEqual([50, 100, 100]);
  });

  test('fall back to single requests when the server refuses lists', async () => {
    const server = await startScriptedServer(
      singlesOnly((response) => sendJson(response, 400, oneAtATime)),
    );
    const warnings: string[] = [];
    const hooks = { onWarning: ({ message }: { message: string }) => warnings.push(message) };
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling: quickPolling, hooks });
    await Promise.all(manyUUIDs.map((uuid) => sync3.tasks.attach(uuid).wait()));
    expect(warnings).toContainEqual(expect.stringContaining('no lists'));
    // Three, and once more each.
    expect(server.requests.filter(({ tasks }) => tasks.length > 1).length).toBeLessThanOrEqual(6);
    await sync3.tasks.attach(taskUUID).wait();
    expect(server.requests.at(-1)?.tasks).toHaveLength(1);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['lists are refused with HTTP 200', (response) => sendJson(response, 200, oneAtATime)],
    ['the server hangs up on lists', (response) => void response.destroy()],
  ])('fall back to single requests when %s', async (_, refuse) => {
    const server = await startScriptedServer(singlesOnly(refuse));
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling: quickPolling });
    const waits = manyUUIDs.map((uuid) => sync3.tasks.attach(uuid).wait({ timeoutMs: 20_000 }));
    await expect(Promise.all(waits)).resolves.toHaveLength(250);
  });

  test('go on together after a moment in which every list was lost', async () => {
    const lost: ServerResponse[] = [];
    const server = await startScriptedServer(({ tasks }, response) => {
      if (tasks.length > 1 && lost.length < 10) {
        // All at once: a list that is answered in between would end the moment.
        if (lost.push(response) === 10) for (const each of lost) each.destroy();
        return;
      }
      // Finished only in a list, so that no wait ends without one.
      const state = tasks.length > 1 ? success : processing;
      sendJson(response, 200, { data: tasks.map((task) => state(task.taskUUID)) });
    });
    const polling = { ...quickPolling, batchSize: 25 };
    const onWarning = vi.fn();
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling, hooks: { onWarning } });
    const waits = manyUUIDs.map((uuid) => sync3.tasks.attach(uuid).wait({ timeoutMs: 30_000 }));
    await expect(Promise.all(waits)).resolves.toHaveLength(250);
    expect(onWarning).not.toHaveBeenCalledWith({ message: 'The server takes no lists.' });
  });

  test('two waits for one task share its requests', async () => {
    const { sync3, server } = await answerPolls(
      [200, { data: [processing(taskUUID)] }],
      [200, { data: [success(taskUUID)] }],
    );
    const [a, b] = await Promise.all([
      sync3.tasks.attach(taskUUID).wait(),
      sync3.tasks.attach(taskUUID).wait(),
    ]);
    expect(a).toEqual(b);
    expect(server.requests).toHaveLength(2);
  });
});

describe('an abort', () => {
  test('rejects with AbortError that names the task, between two polls', async () => {
    const { sync3 } = await answerPolls([200, { data: [processing(taskUUID)] }]);
    const controller = new AbortController();
    const wait = sync3.tasks.attach(taskUUID).wait({
      signal: controller.signal,
      onUpdate: () => controller.abort(new Error('enough')),
    });
    const error = await wait.catch((caught) => caught);
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ taskUUID, cause: { message: 'enough' } });
  });

  test('rejects while a request hangs, also with a fetch that does not listen to its signal', async () => {
    const controller = new AbortController();
    let isCalled = () => {};
    const called = new Promise<void>((resolve) => {
      isCalled = resolve;
    });
    const fetch = () => {
      isCalled();
      return new Promise<never>(() => {});
    };
    const sync3 = new Sync3({ baseUrl: 'http://127.0.0.1:1/v1', apiKey: 'key', fetch });
    const submit = sync3.lipsync.submit(
      {
        inputs: { video: 'https://example.com/v.mp4', audio: 'https://example.com/a.wav' },
        taskUUID,
      },
      { signal: controller.signal },
    );
    await called;
    controller.abort();
    await expect(submit).rejects.toMatchObject({ name: 'AbortError', taskUUID });
  });

  test('before the call sends nothing', async () => {
    const { sync3, polls } = await answerPolls([200, { data: [] }]);
    const signal = AbortSignal.abort();
    await expect(sync3.tasks.attach(taskUUID).wait({ signal })).rejects.toBeInstanceOf(AbortError);
    const inputs = { video: 'https://example.com/v.mp4', audio: 'https://example.com/a.wav' };
    await expect(sync3.lipsync.run({ inputs }, { signal })).rejects.toBeInstanceOf(AbortError);
    expect(polls()).toBe(0);
  });

  test('leaves no listener on a signal that many waits share', async () => {
    const { sync3 } = await answerPolls([200, { data: [processing(taskUUID)] }]);
    const { signal } = new AbortController();
    const waits = Array.from({ length: 100 }, () =>
      sync3.tasks
        .attach(taskUUID)
        .wait({ signal, timeoutMs: 20 })
        .catch(() => {}),
    );
    await Promise.all(waits);
    await sync3.tasks.status(taskUUID, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
