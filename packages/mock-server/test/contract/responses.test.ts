import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { model } from '@sync3/generated/constants';
import { type MockServer, type MockServerOptions, startMockServer } from '@sync3/mock-server';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createRecorder, type Recorder } from './responses/recorder.js';
import { optionalParts, partsOf, responseParts } from './responses/response-parts.js';

/** What no answer of the mock server has, and why. */
const neverProduced: Record<string, string> = {
  'VideoInferenceProcessing.progress': 'Runware reports it for trainings, not for videos',
  'ErrorDetail.documentation': 'there is no page to link to',
  'ErrorDetail.type': 'what Runware puts there is not documented',
};

/** Set forward by the tests: jobs end when it has passed them. */
let time = Date.UTC(2026, 0, 1);
let mock: MockServer;
let api: Recorder;
let video: string;
let audio: string;

const media = (name: string) =>
  readFileSync(new URL(`../../../../examples/media/${name}`, import.meta.url)).toString('base64');
const storage = (operation: string, reference: string) => ({
  taskType: 'mediaStorage',
  taskUUID: randomUUID(),
  operation,
  media: reference,
});
const job = (more: object = {}) => ({
  taskType: 'videoInference',
  taskUUID: randomUUID(),
  model,
  inputs: { video, audio },
  ...more,
});
const ask = (taskUUID: string) => ({ taskType: 'getResponse', taskUUID });
const details = (taskUUID: string) => ({ taskType: 'getTaskDetails', taskUUID });
const broken = { inputs: { video: 'https://example.com/v.mp4', audio: 'https://example.com/a' } };

/** Sets the clock forward and waits until nothing of the job is in progress. */
async function finish(taskUUID: string): Promise<void> {
  time += 60_000;
  await expect
    .poll(async () => JSON.stringify(await api.post([ask(taskUUID)])))
    .not.toContain('"processing"');
}

async function uploaded(reference: string): Promise<{ mediaUUID: string; mediaURL: string }> {
  const { body } = await api.post([storage('upload', reference)]);
  return body.data?.[0] as { mediaUUID: string; mediaURL: string };
}

/** Posts to a server of its own; the answers are kept with the others. */
async function postTo(options: MockServerOptions, ...bodies: unknown[]): Promise<void> {
  const other = await startMockServer(options);
  onTestFinished(() => other.close());
  const { post } = createRecorder(other.url, api.answers);
  for (const body of bodies) await post(body);
  expect(other.violations).toEqual([]);
}

beforeAll(async () => {
  mock = await startMockServer({
    apiKeys: ['key'],
    readOnlyApiKeys: ['reader'],
    jobDurationMs: 60_000,
    now: () => time,
    maxBodyBytes: 4_000_000,
  });
  api = createRecorder(mock.url);
  video = (await uploaded(media('face.mp4'))).mediaUUID;
  audio = (await uploaded(`data:audio/wav;base64,${media('line-short.wav')}`)).mediaUUID;
});
afterAll(() => mock.close());

/** Every kind of answer, by what is asked for. */
const scenarios: Record<string, () => Promise<unknown>> = {
  'a job from its acknowledgement over its progress to its video': async () => {
    const task = job({ settings: { syncMode: 'silence' } });
    await api.post([task]);
    await api.post([ask(task.taskUUID)]);
    await finish(task.taskUUID);
    await api.post([details(task.taskUUID)]);
  },
  'a video with its cost and what the safety check says': async () => {
    const task = job({ includeCost: true, safety: { checkContent: true, mode: 'fast' } });
    await api.post([task]);
    await finish(task.taskUUID);
  },
  'a video that the safety check flags': async () => {
    mock.faults.add({ on: 'submit', kind: 'flagged-results' });
    const task = job({ safety: { checkContent: true, mode: 'full' } });
    await api.post([task]);
    await finish(task.taskUUID);
  },
  'results of which some fail, as rows': async () => {
    mock.faults.add({ on: 'submit', kind: 'failed-results', results: 1, form: 'row' });
    const task = job({ numberResults: 2 });
    await api.post([task]);
    await finish(task.taskUUID);
    await api.post([details(task.taskUUID)]);
  },
  'results of which some fail, as errors': async () => {
    mock.faults.add({ on: 'submit', kind: 'failed-results', results: [1], form: 'errors' });
    const task = job({ numberResults: 2 });
    await api.post([task]);
    await finish(task.taskUUID);
    await api.post([details(task.taskUUID)]);
  },
  'a job that has failed, in each form': async () => {
    for (const form of ['http400', 'errors', 'row'] as const) {
      mock.faults.add({ on: 'submit', kind: 'failed-results', form });
      const task = job();
      await api.post([task]);
      await finish(task.taskUUID);
      await api.post([ask(task.taskUUID), ask(randomUUID())]);
      await api.post([details(task.taskUUID)]);
    }
  },
  'tasks of older clients': async () => {
    const taskUUID = randomUUID();
    await api.post([{ taskType: 'imageUpload', taskUUID, image: 'AAAA' }]);
    await api.post([{ taskType: 'ping', ping: true }]);
    await api.post([{ taskType: 'ping', taskUUID }]);
    await api.post([{ taskType: 'accountManagement', taskUUID, operation: 'getDetails' }]);
  },
  'a job whose media cannot be fetched': async () => {
    const task = job(broken);
    await api.post([task]);
    await finish(task.taskUUID);
  },
  'a UUID that is in use': async () => {
    const task = job(broken);
    await api.post([task]);
    await api.post([task]);
    await api.post([details(task.taskUUID)]);
  },
  'a UUID that was never submitted': async () => {
    await api.post([ask(randomUUID())]);
    await api.post([details(randomUUID())]);
  },
  'a dry run': () => api.post([job()], { 'x-runware-dry-run': '1' }),
  'media by URL, and its end': async () => {
    const first = await uploaded('data:video/mp4;base64,AAAA');
    const second = await uploaded(first.mediaURL);
    await api.post([storage('delete', second.mediaUUID)]);
    await api.post([storage('delete', second.mediaUUID)]);
  },
  'media that cannot be stored': async () => {
    await api.post([storage('upload', 'no media at all')]);
    await api.post([storage('upload', 'https://example.com/v.mp4')]);
  },
  'a key as a task, with and without a session': async () => {
    const key = { taskType: 'authentication', apiKey: 'key' };
    await api.post([key], { authorization: '' });
    await api.post([{ ...key, connectionSessionUUID: randomUUID() }, ask(randomUUID())]);
    await api.post([ask(randomUUID()), key]);
  },
  'keys that may not': async () => {
    await api.post([job()], { authorization: '' });
    await api.post([job()], { authorization: 'Bearer wrong' });
    await api.post([job()], { authorization: 'Bearer reader' });
    await api.post([storage('upload', 'AAAA')], { authorization: 'Bearer reader' });
  },
  'tasks that break the document, alone and beside one that does not': async () => {
    await api.post([job({ outputFormat: 'GIF' })]);
    await api.post([job({ inputs: {} }), ask(randomUUID()), job({ speech: {} })]);
    await api.post([{ taskType: 'imageInference', taskUUID: randomUUID() }]);
  },
  'bodies that are no list of tasks': async () => {
    for (const body of ['', '[', '[]', '{}', 'null', '[null]', '[[1]]', '"text"']) {
      await api.post(body);
    }
    await api.post(`[${' '.repeat(4_000_001)}]`);
  },
  'an account that is empty': () => postTo({ balance: 0.01 }, [job(broken)]),
  'too many requests at once': () =>
    postTo({ rateLimit: { requests: 1, perMs: 60_000 }, now: () => time }, [job(broken)], [job()]),
  'faults that are an answer': async () => {
    for (const status of [401, 402, 403, 404, 429, 500, 503, 504] as const) {
      mock.faults.add({ on: 'any', kind: 'status', status, retryAfterSeconds: 1 });
      await api.post([ask(randomUUID())]);
    }
    mock.faults.add({ on: 'poll', kind: 'empty-data' });
    await api.post([ask(randomUUID())]);
    mock.faults.add({ on: 'poll', kind: 'array-refusal' });
    await api.post([ask(randomUUID()), ask(randomUUID())]);
  },
};

describe('every answer keeps to the document, as Ajv reads it:', () => {
  test.each(Object.keys(scenarios))('%s', async (name) => {
    const before = api.answers.length;
    await scenarios[name]?.();
    const own = api.answers.slice(before);
    expect(own.length).toBeGreaterThan(0);
    for (const { status, body } of own) {
      expect(partsOf(status, body), JSON.stringify({ status, body })).not.toEqual([]);
    }
    expect(mock.violations).toEqual([]);
    expect(mock.stats.violations).toBe(0);
  });
});

test('every kind of answer of the document was produced, and every property that one may have', () => {
  const produced = new Set(api.answers.flatMap(({ status, body }) => partsOf(status, body)));
  const declared = [...responseParts, ...optionalParts];
  const missing = declared.filter((part) => !produced.has(part));
  expect(missing.sort()).toEqual(Object.keys(neverProduced).sort());
});
