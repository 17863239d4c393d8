import { describe, expect, test } from 'vitest';
import {
  ApiError,
  ConnectionError,
  InsufficientCreditsError,
  ServerError,
  Sync3,
  Sync3Error,
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

/** Accepts each UUID once, as Runware does, after `first` has dealt with the first submits. */
function acceptOnce(
  ...first: ((task: ReceivedTask, response: Parameters<Script>[1]) => boolean)[]
) {
  const accepted: string[] = [];
  const script: Script = ({ tasks: [task] }, response) => {
    if (!task) throw new Error('no task');
    const { taskUUID } = task;
    if (task.taskType !== 'videoInference') {
      const data = accepted.includes(taskUUID) ? [success(taskUUID)] : [];
      sendJson(response, 200, { data });
      return;
    }
    const step = first.shift();
    const isAccepted = !step || step(task, response);
    const isNew = !accepted.includes(taskUUID);
    if (isAccepted && isNew) accepted.push(taskUUID);
    if (response.destroyed || response.headersSent) return;
    const errors = [{ code: 'conflictTaskUUID', message: 'It is in use.', taskUUID }];
    if (isNew) sendJson(response, 200, { data: [acknowledgement(task)] });
    else sendJson(response, 400, { data: [], errors });
  };
  return { script, accepted };
}

type Response = Parameters<Script>[1];
const dropBefore = (_: ReceivedTask, response: Response) => {
  response.destroy();
  return false;
};
const dropAfter = (_: ReceivedTask, response: Response) => {
  response.destroy();
  return true;
};
const answer =
  (status: number, body: unknown, isAccepted: boolean, headers = {}) =>
  (_: ReceivedTask, response: Response) => {
    sendJson(response, status, body, headers);
    return isAccepted;
  };
const truncate = (_: ReceivedTask, response: Response) => {
  response.writeHead(200, { 'content-length': 100 });
  response.write('{"data":[{"taskTy', () => response.destroy());
  return true;
};
const page = (_: ReceivedTask, response: Response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<html>');
  return true;
};

async function start(...steps: Parameters<typeof acceptOnce>) {
  const { script, accepted } = acceptOnce(...steps);
  const server = await startScriptedServer(script);
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling: quickPolling });
  const submits = () =>
    server.requests.filter(({ tasks }) => tasks[0]?.taskType === 'videoInference');
  return { sync3, accepted, submits, server };
}

describe('a job is accepted and paid for once, and its result arrives, when', () => {
  test.each([
    ['the connection is lost before the task is accepted', dropBefore],
    ['the connection is lost after the task is accepted', dropAfter],
    ['the answer is cut', truncate],
    ['the answer is a web page', page],
    ['the answer is empty', answer(200, '', true)],
    ['the answer is null', answer(200, null, true)],
    ['the answer is about something else', answer(200, { data: [] }, true)],
    ['the answer is 500 although the task was accepted', answer(500, { errors: [] }, true)],
    ['the answer is 503', answer(503, { errors: [] }, false)],
    ['the answer is 504 although the task was accepted', answer(504, {}, true)],
    [
      'the answer is 429',
      answer(429, { errors: [{ code: 'rateLimitExceeded', message: 'x' }] }, false, {
        'retry-after': '0',
      }),
    ],
    [
      'the answer is 200 with a fault of the server',
      answer(200, { errors: [{ code: 'internalServerError', message: 'x' }] }, true),
    ],
  ])('%s', async (_, step) => {
    const { sync3, accepted, submits } = await start(step);
    const result = await sync3.lipsync.run(sampleJob);
    expect(result.videos).toHaveLength(1);
    expect(accepted).toEqual([result.taskUUID]);
    for (const { tasks } of submits()) expect(tasks[0]?.taskUUID).toBe(result.taskUUID);
  });
});

test('a lost submit is sent again with the same taskUUID', async () => {
  const { sync3, submits } = await start(dropBefore);
  const { taskUUID } = await sync3.lipsync.submit(sampleJob);
  expect(submits().map(({ tasks }) => tasks[0]?.taskUUID)).toEqual([taskUUID, taskUUID]);
});

test('a submit whose answer was lost is not sent again when the API knows the task', async () => {
  const { sync3, submits } = await start(dropAfter);
  await sync3.lipsync.submit(sampleJob);
  expect(submits()).toHaveLength(1);
});

test('a conflict after a lost answer means accepted, also when the API does not show the task yet', async () => {
  const server = await startScriptedServer(({ tasks: [task] }, response) => {
    const submits = server.requests.filter(({ tasks: [t] }) => t?.taskType === 'videoInference');
    if (task?.taskType === 'getResponse') sendJson(response, 200, { data: [] });
    else if (submits.length === 1) response.destroy();
    else {
      const errors = [{ code: 'conflictTaskUUID', message: 'x', taskUUID: task?.taskUUID }];
      sendJson(response, 400, { errors });
    }
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key' });
  await expect(sync3.lipsync.submit(sampleJob)).resolves.toMatchObject({ expectedResults: 1 });
});

describe('on a server that accepts a UUID again once its job has finished, a job is paid for once', () => {
  /** Every submit is accepted, and finished at once. */
  async function startForgetful() {
    const accepted: string[] = [];
    const server = await startScriptedServer(({ tasks: [task] }, response) => {
      if (!task) throw new Error('no task');
      if (task.taskType !== 'videoInference') {
        const data = accepted.includes(task.taskUUID) ? [success(task.taskUUID)] : [];
        sendJson(response, 200, { data });
      } else {
        accepted.push(task.taskUUID);
        if (accepted.length === 1) response.destroy();
        else sendJson(response, 200, { data: [acknowledgement(task)] });
      }
    });
    const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling: quickPolling });
    return { sync3, accepted };
  }

  test('when the answer to its submit is lost', async () => {
    const { sync3, accepted } = await startForgetful();
    const { taskUUID } = await sync3.lipsync.run(sampleJob);
    expect(accepted).toEqual([taskUUID]);
  });

  test('when it is submitted again with the same idempotencyKey', async () => {
    const { sync3, accepted } = await startForgetful();
    await sync3.lipsync.run(sampleJob, { idempotencyKey: 'order-1' });
    const again = sync3.lipsync.run(sampleJob, { idempotencyKey: 'order-1' });
    await expect(again).rejects.toMatchObject({ code: 'conflictTaskUUID' });
    expect(accepted).toHaveLength(1);
  });

  test('when it is submitted again with the taskUUID that was recorded', async () => {
    const { sync3, accepted } = await startForgetful();
    const taskUUID = crypto.randomUUID();
    await sync3.lipsync.run({ ...sampleJob, taskUUID });
    const again = sync3.lipsync.run({ ...sampleJob, taskUUID });
    await expect(again).rejects.toMatchObject({ code: 'conflictTaskUUID', taskUUID });
    expect(accepted).toHaveLength(1);
  });
});

test('parameters that change after the call do not change what is sent', async () => {
  const { script } = acceptOnce();
  const server = await startScriptedServer(script);
  const sync3 = new Sync3({
    baseUrl: server.url,
    apiKey: 'key',
    beforeSubmit({ task }) {
      task.taskUUID = crypto.randomUUID();
      task.inputs.video = 'https://example.com/three.mp4';
    },
  });
  const params = {
    inputs: { video: 'https://example.com/one.mp4', audio: 'https://example.com/a.wav' },
  };
  const submit = sync3.lipsync.submit(params);
  params.inputs.video = 'https://example.com/two.mp4';
  const { taskUUID } = await submit;
  expect(server.requests[0]?.tasks[0]).toMatchObject({
    taskUUID,
    inputs: { video: 'https://example.com/one.mp4' },
  });
});

test.each([null, undefined])('an idempotencyKey of %s is none', async (idempotencyKey) => {
  const { sync3, accepted } = await start();
  const options = { idempotencyKey } as unknown as { idempotencyKey?: string };
  await sync3.lipsync.submit(sampleJob, options);
  await sync3.lipsync.submit(sampleJob, options);
  expect(new Set(accepted).size).toBe(2);
});

test('an error whose taskUUID is null belongs to the one task of the request', async () => {
  const error = { code: 'invalidParameter', message: 'A bad video.', taskUUID: null };
  const { sync3 } = await start(answer(400, { errors: [error] }, false));
  await expect(sync3.lipsync.submit(sampleJob)).rejects.toThrow(/A bad video/);
});

test('an abort reaches a beforeSubmit that hangs', async () => {
  const { script } = acceptOnce();
  const server = await startScriptedServer(script);
  const controller = new AbortController();
  const sync3 = new Sync3({
    baseUrl: server.url,
    apiKey: 'key',
    beforeSubmit: () => {
      queueMicrotask(() => controller.abort());
      return new Promise(() => {});
    },
  });
  const submit = sync3.lipsync.submit(sampleJob, { signal: controller.signal });
  await expect(submit).rejects.toMatchObject({ name: 'AbortError' });
  expect(server.requests).toEqual([]);
});

test('a task that an answer to the submit shows as running is accepted', async () => {
  const { sync3, submits } = await start((task, response) => {
    sendJson(response, 400, {
      data: [{ ...acknowledgement(task), status: 'processing' }],
      errors: [{ code: 'someWarning', message: 'x', taskUUID: crypto.randomUUID() }],
    });
    return true;
  });
  await sync3.lipsync.run(sampleJob);
  expect(submits()).toHaveLength(1);
});

test('a conflict on the first attempt is an error that says how to attach', async () => {
  const { sync3, accepted } = await start();
  const taskUUID = crypto.randomUUID();
  await sync3.lipsync.submit({ ...sampleJob, taskUUID });
  const error = await sync3.lipsync.submit({ ...sampleJob, taskUUID }).catch((caught) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    code: 'conflictTaskUUID',
    taskUUID,
    retryable: false,
  });
  expect(error.message).toContain(`tasks.attach('${taskUUID}')`);
  expect(accepted).toEqual([taskUUID]);
});

test('a submit that the runtime has sent twice by itself is accepted', async () => {
  const taskUUIDs = new Set<string>();
  const server = await startScriptedServer(({ tasks: [task] }, response) => {
    if (!task) throw new Error('no task');
    if (task.taskType === 'getResponse') {
      const data = taskUUIDs.has(task.taskUUID) ? [success(task.taskUUID)] : [];
      sendJson(response, 200, { data });
      return;
    }
    // The first copy was accepted, and its connection lost; this is the answer to the second.
    taskUUIDs.add(task.taskUUID);
    const errors = [{ code: 'conflictTaskUUID', message: 'In use', taskUUID: task.taskUUID }];
    sendJson(response, 400, { data: [], errors });
  });
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling: quickPolling });
  const { taskUUID } = await sync3.lipsync.run(sampleJob);
  expect(taskUUIDs).toEqual(new Set([taskUUID]));
});

test('a conflict after nothing but 429 is somebody else’s task', async () => {
  const conflict = { errors: [{ code: 'conflictTaskUUID', message: 'It is in use.' }] };
  const { sync3, submits } = await start(answer(429, {}, false), answer(400, conflict, false));
  await expect(sync3.lipsync.submit(sampleJob)).rejects.toMatchObject({ code: 'conflictTaskUUID' });
  expect(submits()).toHaveLength(2);
});

test('a refusal is not repeated', async () => {
  const refusal = { errors: [{ code: 'insufficientCredits', message: 'Too little.' }] };
  const { sync3, submits } = await start(answer(402, refusal, false));
  await expect(sync3.lipsync.run(sampleJob)).rejects.toBeInstanceOf(InsufficientCreditsError);
  expect(submits()).toHaveLength(1);
});

test('a refusal after a lost answer is checked: the first attempt may have used up the balance', async () => {
  const refusal = { errors: [{ code: 'insufficientCredits', message: 'Too little.' }] };
  const { sync3, accepted } = await start(dropAfter, answer(402, refusal, false));
  const result = await sync3.lipsync.run(sampleJob);
  expect(accepted).toEqual([result.taskUUID]);
});

test('when every attempt is lost, the error names the task and says how to attach', async () => {
  const { script } = acceptOnce(dropBefore, dropBefore);
  const server = await startScriptedServer(script);
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', maxRetries: 1 });
  const error = await sync3.lipsync.submit(sampleJob).catch((caught) => caught);
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error.taskUUID).toBe(server.requests[0]?.tasks[0]?.taskUUID);
  expect(error.message).toContain('tasks.attach(');
  // A second call would choose a new UUID, and pay again.
  expect(error.retryable).toBe(false);
});

test('when the server stays down, the error is a ServerError with the taskUUID', async () => {
  const down = answer(503, { errors: [] }, false);
  const { script } = acceptOnce(down, down);
  const server = await startScriptedServer(script);
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', maxRetries: 1 });
  const error = await sync3.lipsync.submit(sampleJob).catch((caught) => caught);
  expect(ServerError.is(error)).toBe(true);
  expect(Sync3Error.is(error) && error.taskUUID).toBeTruthy();
});

test('the same idempotencyKey gives the same version 4 UUID, another key another', async () => {
  const { sync3, accepted } = await start();
  await sync3.lipsync.submit(sampleJob, { idempotencyKey: 'order-1' });
  await sync3.lipsync.submit(sampleJob, { idempotencyKey: 'order-2' });
  const again = sync3.lipsync.submit(sampleJob, { idempotencyKey: 'order-1' });
  await expect(again).rejects.toMatchObject({ code: 'conflictTaskUUID', taskUUID: accepted[0] });
  expect(new Set(accepted).size).toBe(2);
  for (const taskUUID of accepted) {
    expect(taskUUID).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  }
});

test('beforeSubmit knows the task before the server does', async () => {
  const { script } = acceptOnce();
  const server = await startScriptedServer(script);
  const seen: { taskUUID: string; requestsSoFar: number }[] = [];
  const sync3 = new Sync3({
    baseUrl: server.url,
    apiKey: 'key',
    async beforeSubmit({ taskUUID }) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      seen.push({ taskUUID, requestsSoFar: server.requests.length });
    },
  });
  const { taskUUID } = await sync3.lipsync.submit(sampleJob);
  expect(seen).toEqual([{ taskUUID, requestsSoFar: 0 }]);
});

test('with a signal that has fired, beforeSubmit is not called', async () => {
  const recorded: unknown[] = [];
  const beforeSubmit = (submission: unknown) => recorded.push(submission);
  const sync3 = new Sync3({ baseUrl: 'http://127.0.0.1:1/v1', apiKey: 'key', beforeSubmit });
  const submit = sync3.lipsync.submit(sampleJob, { signal: AbortSignal.abort() });
  await expect(submit).rejects.toMatchObject({ name: 'AbortError' });
  expect(recorded).toEqual([]);
});
