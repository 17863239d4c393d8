import { describe, expect, test } from 'vitest';
import { success } from '../http/scripted-server.js';
import { failed, post, startWebhook } from './start-webhook.js';

/** Steers a terminal, reverses what follows, breaks a line, and is refused by PostgreSQL. */
const hostile = 'a\u001b[2J\u009b1m\u202eb\u2028c\r\nd\u0000e\ud83d';
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/;

describe('texts of the API that steer terminals or that databases refuse', () => {
  test.each([
    ['a videoUUID', (taskUUID: string) => success(taskUUID, hostile)],
    ['a failure', (taskUUID: string) => failed(taskUUID, hostile)],
  ])('reach no message and no id: of %s', async (_, rowOf) => {
    const ids: string[] = [];
    const fail = () => {
      throw new Error('disk full');
    };
    const { url, truth, taskUUID, errors } = await startWebhook({
      onVideo: fail,
      onFailure: fail,
      handled: { has: (id) => ids.push(id) < 0, add: () => {} },
    });
    truth.data = [rowOf(taskUUID)];
    expect((await post(url, truth.data[0])).status).toBe(500);
    expect(errors).toMatchObject([{ code: 'callbackFailed', taskUUID }]);
    expect(errors[0]?.message).toContain('\\u{202e}');
    for (const text of [...ids, `${errors[0]?.message}`, `${errors[0]?.summary}`]) {
      expect(text).not.toMatch(unsafe);
    }
  });

  test('are not in a message because a delivery has them', async () => {
    const { url, taskUUID, errors } = await startWebhook();
    await post(url, success(taskUUID, hostile));
    await post(url, { taskUUID: hostile });
    await post(url, hostile);
    expect(errors.map(({ code }) => code)).toEqual(['notConfirmed', 'otherTask', 'invalidPayload']);
    for (const { message } of errors) expect(message).not.toMatch(unsafe);
  });

  test('are still told apart', async () => {
    const { url, truth, taskUUID, videos } = await startWebhook();
    truth.data = ['a\u0001', 'a\u0002', 'a'].map((uuid) => success(taskUUID, uuid));
    await post(url, truth.data[0]);
    await post(url, truth.data[0]);
    expect(videos).toHaveLength(3);
  });

  test('make no id long', async () => {
    const ids: string[] = [];
    const handled = { has: (id: string) => ids.push(id) < 0, add: () => {} };
    const { url, truth, taskUUID } = await startWebhook({ handled });
    truth.data = [success(taskUUID, 'x'.repeat(100_000)), failed(taskUUID, 'y'.repeat(100_000))];
    await post(url, success(taskUUID, 'z'.repeat(100_000)));
    expect(Math.max(...ids.map(({ length }) => length))).toBeLessThan(300);
  });
});

describe('a value whose toString is no function', () => {
  const odd = { toString: 1, valueOf: 2 };

  test.each([
    ['videoUUID', (taskUUID: string) => ({ ...success(taskUUID), videoUUID: odd })],
    ['videoURL', (taskUUID: string) => ({ ...success(taskUUID), videoURL: odd })],
    ['cost', (taskUUID: string) => ({ ...success(taskUUID), cost: odd, seed: odd })],
    ['error', (taskUUID: string) => ({ taskUUID, status: 'error', error: odd })],
    ['code', (taskUUID: string) => ({ ...failed(taskUUID), error: { code: odd, message: odd } })],
  ])('in an answer of the API is a result like others: %s', async (_, rowOf) => {
    const { url, truth, taskUUID, videos, failures, errors } = await startWebhook();
    truth.data = [rowOf(taskUUID)];
    expect((await post(url, { taskUUID })).status).toBe(200);
    expect((await post(url, { taskUUID })).status).toBe(200);
    expect(videos.length + failures.length).toBe(1);
    expect(errors).toEqual([]);
  });

  test.each([
    ['videoUUID', (taskUUID: string) => ({ ...success(taskUUID), videoUUID: odd }), 200],
    ['status', (taskUUID: string) => ({ ...success(taskUUID), status: odd }), 200],
    ['error', (taskUUID: string) => ({ ...success(taskUUID), error: odd }), 503],
    ['data', () => ({ data: odd }), 200],
    ['taskUUID', () => ({ taskUUID: odd, data: [{ taskUUID: odd }] }), 403],
    ['the taskUUID of an error', () => ({ errors: [{ taskUUID: odd }] }), 403],
  ])('in a delivery is answered: %s', async (_, payloadOf, status) => {
    const { url, truth, taskUUID, errors } = await startWebhook();
    truth.data = [success(taskUUID)];
    expect((await post(url, payloadOf(taskUUID))).status).toBe(status);
    expect(errors).toHaveLength(status === 200 ? 0 : 1);
  });
});

describe('UUIDs have one spelling for the application', () => {
  test('whatever the URL, the delivery and the API spell', async () => {
    const { url, truth, taskUUID, videos, failures } = await startWebhook();
    const spelled = taskUUID.toUpperCase();
    const videoUUID = crypto.randomUUID();
    const { videoUUID: _, ...withoutUUID } = success(spelled);
    truth.data = [success(spelled, videoUUID), withoutUUID, failed(spelled)];
    const urls = [url.replace(taskUUID, spelled), url];
    for (const each of urls) {
      expect((await post(each, success(spelled, videoUUID.toUpperCase()))).status).toBe(200);
      expect((await post(each, failed(spelled))).status).toBe(200);
    }
    expect(videos).toMatchObject([
      { taskUUID, videoUUID },
      { taskUUID, videoUUID: `${taskUUID}#1` },
    ]);
    expect(failures).toMatchObject([{ taskUUID }]);
  });
});
