import { describe, expect, test } from 'vitest';
import { processing, success } from '../http/scripted-server.js';
import { failed, post, startWebhook, statuses, streamed } from './start-webhook.js';

type Shape = [name: string, payload: (row: object) => unknown];

const videoShapes: Shape[] = [
  ['a flat row', (row) => row],
  ['a flat row without status', ({ status, ...row }: { status?: string }) => row],
  ['a list in data', (row) => ({ data: [row] })],
  ['a list in data beside empty errors', (row) => ({ data: [row], errors: [] })],
  ['a row in data', (row) => ({ data: row })],
  ['a row without a videoUUID', ({ videoUUID, ...row }: { videoUUID?: string }) => row],
  ['a row of an unknown status', (row) => ({ data: [{ ...row, status: 'done' }] })],
  ['only a taskUUID', ({ taskUUID }: { taskUUID?: string }) => ({ taskUUID })],
  ['a row without a taskUUID', ({ taskUUID, ...row }: { taskUUID?: string }) => ({ data: [row] })],
  ['a taskUUID in capitals', (row) => JSON.parse(JSON.stringify(row).toUpperCase(), lowerKeys)],
  ['a byte order mark before it', (row) => `\uFEFF${JSON.stringify(row)}`],
];

/** Undoes capitals where they are not a value. */
function lowerKeys(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (key === 'TASKUUID' || key === 'VIDEOUUID') {
    this[key === 'TASKUUID' ? 'taskUUID' : 'videoUUID'] = value;
    return undefined;
  }
  return value;
}

describe('a video announced as', () => {
  test.each(videoShapes)('%s: the video that the API confirms', async (_, payload) => {
    const { url, truth, taskUUID, videos } = await startWebhook();
    truth.data = [{ ...success(taskUUID), cost: 0.42 }];
    const lie = { ...success(taskUUID), videoURL: 'https://evil.example/x.mp4', cost: 0 };
    const response = await post(url, payload(lie));
    expect(response.status).toBe(200);
    expect(videos).toEqual([
      {
        taskUUID,
        videoUUID: lie.videoUUID,
        url: success(taskUUID).videoURL,
        cost: 0.42,
        row: truth.data[0],
      },
    ]);
  });
});

const failureShapes: Shape[] = [
  ['a flat row', (row) => row],
  ['a flat row whose error is a sentence', (row) => ({ ...row, error: 'no' })],
  ['a flat row without status', ({ status, ...row }: { status?: string }) => row],
  ['a list in data', (row) => ({ data: [row] })],
  ['errors', () => ({ errors: [{ code: 'x', message: 'x' }] })],
  ['errors beside empty data', () => ({ data: [], errors: [{ code: 'x', message: 'x' }] })],
  ['errors that are sentences', () => ({ errors: ['x'] })],
  ['errors that name the task', (row) => ({ errors: [{ ...row, code: 'x', message: 'x' }] })],
  ['errors whose taskUUID is null', () => ({ errors: [{ code: 'x', taskUUID: null }] })],
  ['an error', () => ({ error: { code: 'x', message: 'x' } })],
  ['an error that is a sentence', () => ({ error: 'x' })],
];

describe('a failure announced as', () => {
  test.each(failureShapes)('%s: the failure that the API confirms', async (_, payload) => {
    const { url, truth, taskUUID, failures, videos } = await startWebhook();
    truth.data = [failed(taskUUID, 'timeoutProvider')];
    const response = await post(url, payload(failed(taskUUID, 'a lie')));
    expect(response.status).toBe(200);
    expect(failures).toEqual([{ taskUUID, code: 'timeoutProvider', message: 'timeoutProvider' }]);
    expect(videos).toEqual([]);
  });

  test('any of them, when the API tells it in errors: it still names the task', async () => {
    const { url, truth, taskUUID, failures } = await startWebhook();
    truth.errors = [{ code: 'contentPolicyViolation', message: 'No.', taskUUID }];
    expect((await post(url, failed(taskUUID))).status).toBe(200);
    expect(failures).toEqual([{ taskUUID, code: 'contentPolicyViolation', message: 'No.' }]);
  });
});

test('a row with an error and without status is not confirmed by a video', async () => {
  const { url, truth, taskUUID } = await startWebhook();
  truth.data = [success(taskUUID)];
  expect((await post(url, { data: [{ taskUUID, error: 'x' }] })).status).toBe(503);
});

test('a payload may come in pieces that part a character', async () => {
  const { url, truth, taskUUID, handler } = await startWebhook();
  truth.data = [success(taskUUID)];
  const bytes = new TextEncoder().encode(JSON.stringify({ ...success(taskUUID), name: 'é漢😀' }));
  const body = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  expect((await handler(streamed(url, body))).status).toBe(200);
});

test('results in data and errors together are all handed on', async () => {
  const { url, truth, taskUUID, failures, videos } = await startWebhook();
  truth.data = [success(taskUUID), failed(taskUUID)];
  const response = await post(url, { data: [success(taskUUID)], errors: [{ code: 'x' }] });
  expect(response.status).toBe(200);
  expect([videos.length, failures.length]).toEqual([1, 1]);
});

test('a video is enough for a delivery that only says that something has finished', async () => {
  const { url, truth, taskUUID } = await startWebhook();
  expect((await post(url, { taskUUID })).status).toBe(503);
  truth.data = [success(taskUUID)];
  expect((await post(url, { taskUUID })).status).toBe(200);
});

test('news of a task in progress need no result, and bring those that there are', async () => {
  const { url, truth, taskUUID, videos } = await startWebhook();
  truth.data = [processing(taskUUID)];
  const row = { ...processing(taskUUID), videoUUID: crypto.randomUUID() };
  expect(statuses([await post(url, row), await post(url, { ...row, status: 'pending' })])).toEqual([
    200, 200,
  ]);
  truth.data = [success(taskUUID), processing(taskUUID)];
  await post(url, processing(taskUUID));
  expect(videos).toHaveLength(1);
});

test('without onFailure, a failure that the API confirms needs nothing', async () => {
  const { url, truth, taskUUID } = await startWebhook({ onFailure: undefined });
  truth.data = [failed(taskUUID)];
  expect((await post(url, failed(taskUUID))).status).toBe(200);
});

describe('400, and onError is told, for', () => {
  test.each([
    ['nothing', ''],
    ['cut JSON', '{"taskUUID":"'],
    ['a web page', '<html></html>'],
    ['null', 'null'],
    ['a number', '7'],
    ['a string', '"x"'],
    ['a list', '[{"taskUUID":"x"}]'],
    ['an empty object', '{}'],
    ['empty data', '{"data":[]}'],
    ['empty data and errors', '{"data":[],"errors":[]}'],
    ['rows that are no objects', '{"data":[1,null,"x",[]]}'],
    ['errors that are nothing', '{"errors":[null,7],"error":false}'],
    ['a taskUUID of another type', '{"taskUUID":7}'],
    ['lists in lists without end', '['.repeat(200_000)],
  ])('%s', async (_, payload) => {
    const { url, truth, taskUUID, api, errors, videos } = await startWebhook();
    truth.data = [success(taskUUID)];
    expect((await post(url, payload)).status).toBe(400);
    expect(errors).toMatchObject([{ status: 400, taskUUID, retryable: false }]);
    expect(api.requests).toEqual([]);
    expect(videos).toEqual([]);
  });

  test.each([
    ['are not UTF-8', (json: string) => Buffer.from(json, 'latin1')],
    ['end within a character', (json: string) => Buffer.from(`${json}é`).subarray(0, -1)],
  ])('bytes that %s', async (_, encode) => {
    const { url, taskUUID, api } = await startWebhook();
    const body = Uint8Array.from(encode(JSON.stringify({ taskUUID, text: 'é' })));
    expect((await fetch(url, { method: 'POST', body })).status).toBe(400);
    expect(api.requests).toEqual([]);
  });
});
