import { Sync3 } from '@sync3/sdk';
import { describe, expect, test } from 'vitest';
import { getResponse, job, settled, start, startShared, storeSample } from './start.js';

test('results that a fault has failed stay failed', async () => {
  const { mock, post } = await start({ failureForm: 'row' });
  mock.faults.add({ on: 'submit', kind: 'failed-results' });
  const task = job();
  await post([task]);
  for (let poll = 0; poll < 3; poll++) {
    const { body } = await post([getResponse(task.taskUUID)]);
    expect(body.data).toMatchObject([{ status: 'error', error: { code: 'timeoutProvider' } }]);
  }
});

describe('results fail while others succeed:', async () => {
  const { mock, post } = await startShared({ failureForm: 'row' });
  const inputs = await storeSample(post);
  const statuses = (rows: { status: string }[]) => rows.map(({ status }) => status);

  test.each([
    [1, ['error', 'success', 'success']],
    [[2], ['success', 'success', 'error']],
    [
      [0, 2],
      ['error', 'success', 'error'],
    ],
    [0, ['success', 'success', 'success']],
  ])('%j of three', async (results, expected) => {
    mock.faults.add({ on: 'submit', kind: 'failed-results', results });
    const task = job({ inputs, numberResults: 3, includeCost: true });
    await post([task]);
    const { body } = await settled(post, task.taskUUID);
    expect(statuses(body.data)).toEqual(expected);
    expect(mock.stats.violations).toBe(0);
  });

  test('as elements of errors, beside the rows of the others', async () => {
    mock.faults.add({ on: 'submit', kind: 'failed-results', results: 1, form: 'errors' });
    const task = job({ inputs, numberResults: 2 });
    await post([task]);
    const { status, body } = await settled(post, task.taskUUID);
    expect(status).toBe(200);
    expect(statuses(body.data)).toEqual(['success']);
    const { taskType, taskUUID } = task;
    expect(body.errors).toMatchObject([{ code: 'timeoutProvider', taskType, taskUUID }]);
    expect(mock.stats.violations).toBe(0);
  });

  test('with a code of the test’s choice', async () => {
    mock.faults.add({ on: 'submit', kind: 'failed-results', code: 'nsfwContentDetected' });
    const task = job();
    await post([task]);
    const { body } = await settled(post, task.taskUUID);
    expect(body.data).toMatchObject([{ error: { code: 'nsfwContentDetected' } }]);
  });

  test.each(['row', 'errors'] as const)('told as %s, the SDK has both kinds', async (form) => {
    mock.faults.add({ on: 'submit', kind: 'failed-results', results: [1], form });
    const polling = { minIntervalMs: 20, maxIntervalMs: 100 };
    const sync3 = new Sync3({ baseUrl: mock.url, apiKey: 'key', polling });
    const { videos, failures } = await sync3.lipsync.run({ inputs, numberResults: 3 });
    expect(videos).toHaveLength(2);
    expect(failures).toMatchObject([{ code: 'timeoutProvider' }]);
  });
});

test('a server set up for it tells every failure in errors', async () => {
  const { mock, post } = await start({ failureForm: 'errors' });
  const task = job();
  await post([task]);
  const { status, body } = await settled(post, task.taskUUID);
  expect(status).toBe(200);
  expect(body.data).toEqual([]);
  expect(body.errors).toMatchObject([{ code: 'downloadFailed', taskUUID: task.taskUUID }]);
  expect(mock.stats.violations).toBe(0);
});
