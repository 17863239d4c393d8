import { randomUUID } from 'node:crypto';
import { type FailureForm, type MockServerOptions, startMockServer } from '@sync3/mock-server';
import { Sync3, TaskFailedError } from '@sync3/sdk';
import { describe, expect, test } from 'vitest';
import { createClock, getResponse, job, type Post, settled, start, storeSample } from './start.js';

/** A job that has failed by a fault, on a server that tells it in a form. */
async function failed(options: MockServerOptions = {}) {
  const { mock, post } = await start(options);
  mock.faults.add({ on: 'submit', kind: 'failed-results' });
  const task = job();
  await post([task]);
  await settled(post, task.taskUUID);
  return { mock, post, task };
}

const failure = ({ taskUUID }: { taskUUID: string }) => ({
  code: 'timeoutProvider',
  status: 'error',
  taskType: 'videoInference',
  taskUUID,
  message: expect.any(String),
  responseContent: expect.any(String),
});

describe('a failed job is told', () => {
  test('by HTTP 400 and its error alone, unless asked otherwise', async () => {
    const { mock, post, task } = await failed();
    const { status, body } = await post([getResponse(task.taskUUID)]);
    expect([status, body]).toEqual([400, { data: [], errors: [failure(task)] }]);
    expect(mock.violations).toEqual([]);
  });

  test('by HTTP 200 and its error', async () => {
    const { mock, post, task } = await failed({ failureForm: 'errors' });
    const { status, body } = await post([getResponse(task.taskUUID)]);
    expect([status, body]).toEqual([200, { data: [], errors: [failure(task)] }]);
    expect(mock.violations).toEqual([]);
  });

  test('by a row', async () => {
    const { mock, post, task } = await failed({ failureForm: 'row' });
    const { status, body } = await post([getResponse(task.taskUUID)]);
    expect([status, body.errors]).toEqual([200, undefined]);
    expect(body.data).toMatchObject([{ status: 'error', error: { code: 'timeoutProvider' } }]);
    expect(mock.violations).toEqual([]);
  });

  test.each<FailureForm>(['http400', 'errors', 'row'])(
    'as %s when the fault asks for it, whatever the server is set up for',
    async (form) => {
      const { mock, post } = await start({ failureForm: form === 'row' ? 'errors' : 'row' });
      mock.faults.add({ on: 'submit', kind: 'failed-results', form });
      const task = job();
      await post([task]);
      const { status, body } = await settled(post, task.taskUUID);
      expect([status, body.errors?.length ?? 0, body.data.length]).toEqual(
        form === 'row' ? [200, 0, 1] : [form === 'http400' ? 400 : 200, 1, 0],
      );
    },
  );

  test.each<FailureForm>(['http400', 'errors', 'row'])(
    'as %s, and the SDK throws TaskFailedError with its code',
    async (failureForm) => {
      const { mock } = await start({ failureForm });
      mock.faults.add({ on: 'submit', kind: 'failed-results' });
      const polling = { minIntervalMs: 20, maxIntervalMs: 100 };
      const sync3 = new Sync3({ baseUrl: mock.url, apiKey: 'key', polling });
      const error = await sync3.lipsync.run(job() as never).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(TaskFailedError);
      expect((error as TaskFailedError).failures).toMatchObject([{ code: 'timeoutProvider' }]);
    },
  );
});

describe('a list of polls', () => {
  test('of failed jobs only is answered 400 with the error of each', async () => {
    const { mock, post, task } = await failed();
    mock.faults.add({ on: 'submit', kind: 'failed-results' });
    const other = job();
    await post([other]);
    await settled(post, other.taskUUID);
    const { status, body } = await post([task, other].map((each) => getResponse(each.taskUUID)));
    expect([status, body]).toEqual([400, { data: [], errors: [failure(task), failure(other)] }]);
  });

  test('that asks for another job too is answered 200', async () => {
    const { post, task } = await failed();
    const { status, body } = await post([getResponse(task.taskUUID), getResponse(randomUUID())]);
    expect([status, body]).toEqual([200, { data: [], errors: [failure(task)] }]);
  });
});

test.each([
  ['failureForm', { failureForm: 'status400' }],
  ['runningResults', { runningResults: 'none' }],
])('a %s that does not exist: the server does not start', async (name, wrong) => {
  await expect(startMockServer(wrong as MockServerOptions)).rejects.toThrow(name);
});

describe('results that are not ready', () => {
  /** Three results that take 1 to 3 s, by a clock of the test. */
  async function running(options: MockServerOptions) {
    const clock = createClock();
    const { mock, post } = await start({ jobDurationMs: [1000, 3000], now: clock.now, ...options });
    const inputs = await storeSample(post);
    const submit = async (more: object) => {
      const task = job({ inputs, ...more });
      await post([task]);
      return task;
    };
    return { mock, post, clock, submit };
  }
  const statusesOf = async (post: Post, taskUUID: string) =>
    (await post([getResponse(taskUUID)])).body.data.map((row: { status: string }) => row.status);

  test('have a row each, unless asked otherwise', async () => {
    const { post, submit } = await running({});
    const { taskUUID } = await submit({ numberResults: 3 });
    expect(await statusesOf(post, taskUUID)).toEqual(['processing', 'processing', 'processing']);
  });

  test('are not listed where they are hidden; each has a row once it is finished', async () => {
    const { mock, post, clock, submit } = await running({ runningResults: 'hidden' });
    const { taskUUID } = await submit({ numberResults: 3 });
    expect(await statusesOf(post, taskUUID)).toEqual([]);
    clock.advance(3000);
    await expect.poll(() => statusesOf(post, taskUUID)).toHaveLength(3);
    expect(await statusesOf(post, taskUUID)).toEqual(['success', 'success', 'success']);
    expect(mock.violations).toEqual([]);
  });

  test('of a job with one result are listed all the same', async () => {
    const { post, submit } = await running({ runningResults: 'hidden' });
    const { taskUUID } = await submit({ numberResults: 1 });
    expect(await statusesOf(post, taskUUID)).toEqual(['processing']);
  });

  test('a failed one beside hidden ones is told with HTTP 200: the job still runs', async () => {
    const { mock, post, submit, clock } = await running({
      runningResults: 'hidden',
      jobDurationMs: [0, 1_000_000],
      seed: 3,
    });
    mock.faults.add({ on: 'submit', kind: 'failed-results' });
    const { taskUUID } = await submit({ numberResults: 20 });
    clock.advance(500_000);
    await expect
      .poll(async () => (await post([getResponse(taskUUID)])).body.errors?.length ?? 0)
      .toBeGreaterThan(0);
    const { status, body } = await post([getResponse(taskUUID)]);
    expect([status, body.data]).toEqual([200, []]);
    expect(body.errors.length).toBeLessThan(20);
  });
});
