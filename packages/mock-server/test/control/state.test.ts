import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getResponse, job, settled, start, upload } from '../api/start.js';
import { askControl } from './ask.js';

describe('/__mock/state', () => {
  test('tells of a task what a test in another language asks for', async () => {
    const { mock, post } = await start();
    const task = job({ numberResults: 2 });
    await post([task]);
    await settled(post, task.taskUUID);
    const { body } = await askControl(mock.url, 'state');
    expect(body.tasks).toEqual([
      {
        taskUUID: task.taskUUID,
        state: 'error',
        charges: 1,
        polls: mock.tasks[0]?.polls,
        request: task,
        notEmulated: [],
        results: Array(2).fill(
          expect.objectContaining({ taskUUID: task.taskUUID, status: 'error' }),
        ),
        timeline: mock.tasks[0]?.timeline,
        inputs: {},
      },
    ]);
  });

  test('tells of one task, and of none when there is none', async () => {
    const { mock, post } = await start();
    const [one, other] = [job(), job()];
    await post([one, other]);
    const find = async (taskUUID: string) =>
      (await askControl(mock.url, `state?taskUUID=${taskUUID}`)).body.tasks;
    expect(await find(other.taskUUID.toUpperCase())).toMatchObject([{ taskUUID: other.taskUUID }]);
    expect(await find(randomUUID())).toEqual([]);
  });

  test('gives a stored input as the URL of its file', async () => {
    const { mock, post } = await start();
    const { body } = await post([upload('data:video/mp4;base64,AAAA')]);
    const [{ mediaUUID, mediaURL }] = body.data;
    await post([job({ inputs: { video: mediaUUID, audio: mediaUUID } })]);
    const state = await askControl(mock.url, 'state');
    expect(state.body.tasks[0].inputs).toEqual({ video: mediaURL, audio: mediaURL });
  });
});

test.each([
  [false, 'http://127.0.0.1:9/a.mp4', true],
  [false, 'http://localhost/a.mp4', true],
  [false, 'https://example.com/a.mp4', false],
  [false, 'http://localhost.example.com/a.mp4', false],
  [false, 'http://localhost@example.com/a.mp4', false],
  [true, 'https://example.com/a.mp4', true],
  [true, 'data:video/mp4;base64,AAAA', false],
])('allowOutbound %j: the page may play %s: %j', async (allowOutbound, video, isPlayable) => {
  const { mock, post } = await start({ allowOutbound });
  await post([job({ inputs: { video, audio: 'http://127.0.0.1:9/a.wav' } })]);
  const { body } = await askControl(mock.url, 'state');
  expect(body.tasks[0].inputs.video).toBe(isPlayable ? video : undefined);
});

test('/__mock/stats and /__mock/violations are those of the server', async () => {
  const { mock, post } = await start();
  mock.faults.add({ on: 'submit', kind: 'broken-response' });
  await post([job()]);
  await expect.poll(() => mock.stats.failed).toBe(1);
  expect((await askControl(mock.url, 'stats')).body).toEqual(mock.stats);
  const { body } = await askControl(mock.url, 'violations');
  expect(body).toEqual({ violations: mock.violations, deviations: [] });
  expect(body.violations.length).toBeGreaterThan(0);
});

describe('/__mock/requests', () => {
  const requestsOf = async (url: string, query = '') =>
    (await askControl(url, `requests${query}`)).body.requests;

  test('tells what was sent, what Prism found and what was answered', async () => {
    const { mock, post } = await start();
    const task = job({ outputFormat: 'AVI' });
    const { body } = await post([task]);
    expect(await requestsOf(mock.url)).toEqual([
      {
        id: 1,
        at: expect.any(Number),
        durationMs: expect.any(Number),
        tasks: [{ taskType: 'videoInference', taskUUID: task.taskUUID }],
        request: [task],
        findings: [expect.objectContaining({ keyword: 'enum', path: ['0', 'outputFormat'] })],
        status: 400,
        answer: body,
      },
    ]);
  });

  test('tells of one that a fault kept from an answer', async () => {
    const { mock, post } = await start();
    mock.faults.add({ on: 'submit', kind: 'drop-before-accept' });
    await expect(post([job()])).rejects.toThrow();
    const [request] = await requestsOf(mock.url);
    expect(request).toMatchObject({ fault: 'drop-before-accept' });
    expect(request).not.toHaveProperty('status');
  });

  test('can be asked for by task and by id', async () => {
    const { mock, post } = await start();
    const task = job();
    await post([job()]);
    await post([task]);
    await post([getResponse(task.taskUUID), getResponse(randomUUID())]);
    const ids = (requests: { id: number }[]) => requests.map(({ id }) => id);
    expect(ids(await requestsOf(mock.url))).toEqual([1, 2, 3]);
    expect(ids(await requestsOf(mock.url, `?taskUUID=${task.taskUUID}`))).toEqual([2, 3]);
    expect(ids(await requestsOf(mock.url, '?id=1'))).toEqual([1]);
  });

  test('keeps the last thousand polls and the last thousand others', async () => {
    const { mock, post } = await start();
    await post([upload('not a file')]);
    const polls = Array.from({ length: 1_002 }, () => () => post([getResponse(randomUUID())]));
    while (polls.length > 0) await Promise.all(polls.splice(0, 50).map((send) => send()));
    const requests: { id: number }[] = await requestsOf(mock.url);
    expect(requests).toHaveLength(1_001);
    expect(requests[0]?.id).toBe(1);
    expect(requests[1]?.id).toBe(4);
  });
});

test('an authentication task and its session are left out', async () => {
  const { mock, post } = await start();
  const { body } = await post([{ taskType: 'authentication', apiKey: 'key' }, job()], {
    authorization: '',
  });
  const [{ connectionSessionUUID }] = body.data;
  const { text, body: shown } = await askControl(mock.url, 'requests');
  expect(text).not.toContain(connectionSessionUUID);
  const [{ tasks, request }] = shown.requests;
  expect(tasks).toMatchObject([{ taskType: 'videoInference' }]);
  expect(request).toMatchObject(['… (an authentication task)', { taskType: 'videoInference' }]);
});

test('an API key is shown nowhere, wherever a request has it', async () => {
  const key = 'sk-4f9d8c7b6a5e';
  const { mock, post } = await start({ apiKeys: [key] });
  const headers = { authorization: `Bearer ${key}` };
  const authentication = { taskType: 'authentication', apiKey: key };
  const texts = fc.constantFrom(key, `https://example.com/?token=${key}`, `${key}${key}`, 'x');
  const names = fc.constantFrom(
    'apiKey',
    'api_key',
    'colour',
    key,
    'taskUUID',
    'webhookURL',
    'model',
  );
  const properties = fc.dictionary(names, texts, { maxKeys: 4 });
  // The requests below are drawn, so all of them may be refused; this one becomes a task.
  const media = `https://example.com/?token=${key}`;
  await post([job({ inputs: { video: media, audio: media } })], headers);
  expect(mock.tasks).toHaveLength(1);
  await fc.assert(
    fc.asyncProperty(properties, texts, fc.boolean(), async (more, video, isTask) => {
      const task = job({ inputs: { video, audio: video }, ...more });
      if (isTask) await post([authentication, task], { authorization: '' });
      else await post([task], headers);
    }),
    { numRuns: 50 },
  );
  await post(`["${key}"]`, headers);
  await post([{ ...authentication, apiKey: 'sk-another-wrong-key' }], { authorization: '' });
  for (const name of ['state', 'requests', 'changes', 'stats', 'violations']) {
    const { text } = await askControl(mock.url, name);
    expect([name, text.includes(key)]).toEqual([name, false]);
    expect([name, text.includes('sk-another-wrong-key')]).toEqual([name, false]);
  }
});
