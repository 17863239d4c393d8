import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import {
  AbortError,
  type ClientOptions,
  ConnectionError,
  Sync3,
  Sync3Error,
  TimeoutError,
} from '../../src/index.js';
import { quickPolling, sampleJob } from '../sample-job.js';
import {
  acknowledgement,
  type ReceivedTask,
  type Script,
  sendJson,
  startScriptedServer,
  success,
} from './scripted-server.js';

/** Accepts each UUID once, after `first` has dealt with the first request. */
async function start(first?: (...request: Parameters<Accept>) => void, options?: ClientOptions) {
  const accepted = new Set<string>();
  const accept: Accept = (tasks, response) => {
    const data: object[] = [];
    const errors: object[] = [];
    for (const task of tasks) {
      const { taskType, taskUUID } = task;
      if (taskType === 'getResponse') {
        if (accepted.has(taskUUID)) data.push(success(taskUUID));
      } else if (accepted.has(taskUUID)) {
        errors.push({ code: 'conflictTaskUUID', message: 'It is in use.', taskUUID });
      } else {
        accepted.add(taskUUID);
        data.push(acknowledgement(task));
      }
    }
    if (!response.destroyed) sendJson(response, 200, { data, errors });
  };
  let step = first;
  const server = await startScriptedServer(({ tasks }, response) => {
    const doThis = step ?? accept;
    step = undefined;
    doThis(tasks, response, accept, accepted);
  });
  const sync3 = new Sync3({
    baseUrl: server.url,
    apiKey: 'key',
    polling: quickPolling,
    maxRetries: 0,
    ...options,
  });
  const submits = () =>
    server.requests
      .map(({ tasks }) => tasks.filter(({ taskType }) => taskType === 'videoInference'))
      .filter((tasks) => tasks.length > 0);
  const questions = () => server.requests.length - submits().length;
  const submit = (count: number) =>
    Array.from({ length: count }, () => sync3.lipsync.submit(sampleJob));
  return { sync3, submit, submits, questions, accepted, server };
}

type Accept = (
  tasks: ReceivedTask[],
  response: Parameters<Script>[1],
  accept: Accept,
  accepted: Set<string>,
) => void;

const sizes = (requests: ReceivedTask[][]) => requests.map(({ length }) => length);

describe('jobs that are submitted at the same moment', () => {
  test('go out in one request, and each is accepted', async () => {
    const { submit, submits, accepted } = await start();
    const tasks = await Promise.all(submit(30));
    expect(sizes(submits())).toEqual([30]);
    expect(tasks.map(({ taskUUID }) => taskUUID)).toEqual([...accepted]);
  });

  test('go out a hundred in a request', async () => {
    const { submit, submits } = await start();
    await Promise.all(submit(230));
    expect(sizes(submits()).sort((a, b) => a - b)).toEqual([30, 100, 100]);
  });

  test('go out one by one with submitBatchSize 1', async () => {
    const { submit, submits } = await start(undefined, { submitBatchSize: 1 });
    await Promise.all(submit(3));
    expect(sizes(submits())).toEqual([1, 1, 1]);
  });

  test('go out in more requests when they are long, as with a file as a data URI', async () => {
    const { sync3, submits } = await start();
    const audio = `data:audio/wav;base64,${'A'.repeat(400_000)}`;
    await Promise.all(
      Array.from({ length: 6 }, () =>
        sync3.lipsync.submit({ inputs: { ...sampleJob.inputs, audio } }),
      ),
    );
    expect(sizes(submits())).toEqual([3, 3]);
  });

  test('do not wait for those of another moment', async () => {
    const { submit, submits } = await start();
    await Promise.all(submit(1));
    await Promise.all(submit(2));
    expect(sizes(submits())).toEqual([1, 2]);
  });

  test('go alone when the caller names the taskUUID or a key: it may be used already', async () => {
    const { sync3, submit, submits } = await start();
    await Promise.all([
      ...submit(2),
      sync3.lipsync.submit({ ...sampleJob, taskUUID: crypto.randomUUID() }),
      sync3.lipsync.submit(sampleJob, { idempotencyKey: 'one' }),
    ]);
    expect(sizes(submits()).sort()).toEqual([1, 1, 2]);
  });

  test('go together, and unasked for, when the caller knows that its taskUUIDs are new', async () => {
    const { sync3, submits, questions } = await start();
    const taskUUIDs = Array.from({ length: 3 }, () => crypto.randomUUID());
    const submit = (taskUUID: string) =>
      sync3.lipsync.submit({ ...sampleJob, taskUUID }, { isNew: true });
    const tasks = await Promise.all(taskUUIDs.map(submit));
    expect(tasks.map(({ taskUUID }) => taskUUID)).toEqual(taskUUIDs);
    expect(sizes(submits())).toEqual([3]);
    expect(questions()).toBe(0);
  });
});

describe('of jobs in one request', () => {
  test('the one that is refused fails with its own error, and the others are accepted', async () => {
    const { submit, submits, accepted } = await start((tasks, response) => {
      const [bad, ...others] = tasks as [ReceivedTask, ...ReceivedTask[]];
      for (const { taskUUID } of others) accepted.add(taskUUID);
      const { taskUUID } = bad;
      const errors = [{ code: 'invalidParameter', message: 'The video is too long.', taskUUID }];
      sendJson(response, 400, { data: others.map(acknowledgement), errors });
    });
    const [refused, ...others] = await Promise.allSettled(submit(5));
    expect(refused).toMatchObject({ reason: { code: 'invalidParameter', retryable: false } });
    expect(others.map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'));
    expect(sizes(submits())).toEqual([5]);
  });

  test('each is asked about and sent alone when the server refuses the list', async () => {
    const { submit, submits, questions, accepted } = await start((_, response) =>
      sendJson(response, 400, { errors: [{ code: 'invalidRequest', message: 'One task only.' }] }),
    );
    const tasks = await Promise.all(submit(4));
    expect(sizes(submits())).toEqual([4, 1, 1, 1, 1]);
    expect(questions()).toBe(4);
    expect(accepted.size).toBe(4);
    expect(new Set(tasks.map(({ taskUUID }) => taskUUID))).toEqual(accepted);
  });

  test('none is sent again that was accepted although the list was refused', async () => {
    const { submit, submits, accepted } = await start((tasks, response) => {
      for (const { taskUUID } of tasks.slice(0, 3)) accepted.add(taskUUID);
      sendJson(response, 400, { errors: [{ code: 'invalidParameter', message: 'No.' }] });
    });
    await Promise.all(submit(4));
    expect(sizes(submits())).toEqual([4, 1]);
    expect(accepted.size).toBe(4);
  });

  test('one that the answer does not name is asked about, and not paid for twice', async () => {
    const { submit, submits, accepted } = await start(
      (tasks, response) => {
        for (const { taskUUID } of tasks) accepted.add(taskUUID);
        sendJson(response, 200, { data: tasks.slice(1).map(acknowledgement) });
      },
      { maxRetries: 1 },
    );
    await Promise.all(submit(3));
    expect(sizes(submits())).toEqual([3]);
    expect(accepted.size).toBe(3);
  });

  test('all are accepted once when the answer is lost', async () => {
    const { submit, submits, accepted } = await start(
      (tasks, response, accept) => {
        response.destroy();
        accept(tasks.slice(0, 2), response, accept, accepted);
      },
      { maxRetries: 1 },
    );
    const tasks = await Promise.all(submit(4));
    expect(sizes(submits())).toEqual([4, 1, 1]);
    expect(accepted.size).toBe(4);
    expect(new Set(tasks.map(({ taskUUID }) => taskUUID))).toEqual(accepted);
  });

  test.each([
    [401, 'invalidApiKey', 'AuthenticationError'],
    [402, 'insufficientCredits', 'InsufficientCreditsError'],
    [403, 'forbidden', 'PermissionDeniedError'],
    [429, 'rateLimitExceeded', 'RateLimitError'],
  ])(
    'a %i that names none of them is the error of each, and nothing more is sent',
    async (status, code, name) => {
      const { submit, server } = await start((_, response) =>
        sendJson(response, status, { errors: [{ code, message: 'No.' }] }),
      );
      const outcomes = await Promise.allSettled(submit(3));
      for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { name, code } });
      const named = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason);
      expect(new Set(named.map(({ taskUUID }) => taskUUID)).size).toBe(3);
      expect(server.requests).toHaveLength(1);
    },
  );

  test('none may be accepted when the list is answered with 429, whatever the body', async () => {
    const { submit, server } = await start((_, response) => {
      response.writeHead(429).end('<h1>Too Many Requests</h1>');
    });
    for (const outcome of await Promise.allSettled(submit(3))) {
      expect(outcome).toMatchObject({ reason: { name: 'RateLimitError', mayBeAccepted: false } });
    }
    expect(server.requests).toHaveLength(1);
  });

  test('each is sent once more, unasked for, after a list that is answered with 429', async () => {
    const { submit, submits, questions, accepted } = await start(
      (_, response) => response.writeHead(429, { 'Retry-After': '0' }).end(),
      { maxRetries: 1 },
    );
    const tasks = await Promise.all(submit(3));
    expect(sizes(submits())).toEqual([3, 1, 1, 1]);
    expect(questions()).toBe(0);
    expect(tasks.map(({ taskUUID }) => taskUUID).sort()).toEqual([...accepted].sort());
  });
});

describe('of callers whose jobs are in one request', () => {
  test('one can leave, and the others get their tasks', async () => {
    const controller = new AbortController();
    const { sync3, submit, submits } = await start((tasks, response, accept, accepted) => {
      controller.abort();
      setTimeout(accept, 30, tasks, response, accept, accepted);
    });
    const leaving = sync3.lipsync.submit(sampleJob, { signal: controller.signal });
    const staying = submit(2);
    const error = await leaving.catch((reason) => reason);
    expect(error).toBeInstanceOf(AbortError);
    expect(error.taskUUID).toBe(submits()[0]?.[0]?.taskUUID);
    expect(await Promise.all(staying)).toHaveLength(2);
    expect(sizes(submits())).toEqual([3]);
  });

  test('all can leave, and the request is ended', async () => {
    const controller = new AbortController();
    let closed: Promise<unknown> | undefined;
    const { sync3 } = await start((_, response) => {
      closed = once(response, 'close');
      controller.abort();
    });
    const submits = [1, 2].map(() =>
      sync3.lipsync.submit(sampleJob, { signal: controller.signal }),
    );
    for (const outcome of await Promise.allSettled(submits)) {
      expect(outcome).toMatchObject({ reason: { name: 'AbortError' } });
    }
    await closed;
  });

  test('each has its own deadline', async () => {
    const { sync3, submits } = await start((tasks, response, accept, accepted) => {
      hasty.catch(() => accept(tasks, response, accept, accepted));
    });
    const hasty = sync3.lipsync.submit(sampleJob, { timeoutMs: 50 });
    const patient = sync3.lipsync.submit(sampleJob);
    const error = await hasty.catch((reason) => reason);
    expect(error).toBeInstanceOf(TimeoutError);
    // The request may reach the server after the deadline.
    const { taskUUID } = await patient;
    expect(submits()).toMatchObject([[{ taskUUID: error.taskUUID }, { taskUUID }]]);
  });

  test('each is told about its own job when the connection is lost', async () => {
    const { submit, submits } = await start((_, response) => response.destroy());
    const outcomes = await Promise.allSettled(submit(2));
    const errors = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason);
    expect(errors[0]).not.toBe(errors[1]);
    for (const [index, error] of errors.entries()) {
      const taskUUID = submits()[0]?.[index]?.taskUUID;
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error.taskUUID).toBe(taskUUID);
      expect(error.message).toContain(`tasks.attach('${taskUUID}')`);
      expect(error.message.match(/tasks\.attach/g)).toHaveLength(1);
    }
  });

  test('each is told about its own job when there is no usable key', async () => {
    const { submit, server } = await start(undefined, { apiKey: () => '' });
    const outcomes = await Promise.allSettled(submit(2));
    const errors = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason);
    for (const error of errors) expect(error).toBeInstanceOf(Sync3Error);
    expect(new Set(errors.map(({ taskUUID }) => taskUUID)).size).toBe(2);
    expect(server.requests).toHaveLength(0);
  });
});
