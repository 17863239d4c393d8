import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { getResponse, getTaskDetails, job, start } from './start.js';

const video = 'https://example.com/v.mp4';
const audio = 'https://example.com/a.wav';
const good = { startTime: 0, endTime: 1, audio };

/** A job with `count` segments, of which each is `segment`. */
const segmented = (count: number, segment: object) =>
  job({ inputs: { video }, settings: { segments: Array(count).fill(segment) } });

const withUnknown = (count: number) =>
  job(Object.fromEntries(Array.from({ length: count }, (_, index) => [`unknown${index}`, 1])));

test.each([1, 99, 100])('%d errors of one task are all told', async (count) => {
  const { post } = await start();
  const { body } = await post([withUnknown(count)]);
  const told = body.errors.map(({ parameter }: { parameter: string }) => parameter);
  expect(told).toEqual(Array.from({ length: count }, (_, index) => `unknown${index}`));
});

test.each([
  [101, 'This task has 1 more error.'],
  [350, 'This task has 250 more errors.'],
])('of %d errors of one task, the rest is counted', async (count, message) => {
  const { mock, post } = await start();
  const task = withUnknown(count);
  const { status, body } = await post([task]);
  expect(status).toBe(400);
  expect(body.errors).toHaveLength(101);
  const { taskType, taskUUID } = task;
  expect(body.errors.at(-1)).toEqual({ code: 'invalidParameter', message, taskType, taskUUID });
  expect(mock.violations).toEqual([]);
});

test('each task of a request has its own hundred', async () => {
  const { post } = await start();
  const { body } = await post([withUnknown(150), withUnknown(3), withUnknown(150)]);
  expect(body.errors).toHaveLength(101 + 3 + 101);
});

test('a refused second submit is kept without its many errors', async () => {
  const { post } = await start({ jobDurationMs: 60_000 });
  const task = job();
  await post([task]);
  await post([{ ...task, ...withUnknown(5_000), taskUUID: task.taskUUID }]);
  const { body } = await post([getTaskDetails(task.taskUUID)]);
  expect(body.data[0].response.errors).toHaveLength(101);
});

test('of a task with tens of thousands of values, the first error is told', async () => {
  const { mock, post } = await start();
  const task = segmented(60_000, {});
  const { status, body } = await post([task]);
  expect(status).toBe(400);
  const { taskType, taskUUID } = task;
  expect(body.errors).toEqual([
    {
      code: 'missingParameter',
      message: "'settings.segments.0.startTime' is missing.",
      parameter: 'settings.segments.0.startTime',
      taskType,
      taskUUID,
    },
  ]);
  expect(mock.stats).toMatchObject({ charged: 0, violations: 0 });
});

test('the other tasks of such a request are judged for themselves', async () => {
  const { mock, post } = await start();
  const [huge, wrong, right] = [segmented(30_000, {}), job({ outputFormat: 'GIF' }), job()];
  const halfHundredth = segmented(1, { ...good, endTime: 1.005 });
  const { status, body } = await post([
    huge,
    wrong,
    right,
    halfHundredth,
    getResponse(randomUUID()),
  ]);
  expect(status).toBe(200);
  expect(body.data).toMatchObject([{ taskUUID: right.taskUUID }]);
  expect(body.errors).toMatchObject([
    { taskUUID: huge.taskUUID, parameter: 'settings.segments.0.startTime' },
    { taskUUID: wrong.taskUUID, parameter: 'outputFormat', allowedValues: ['MP4', 'WEBM', 'MOV'] },
    { taskUUID: halfHundredth.taskUUID, parameter: 'settings.segments.0.endTime' },
  ]);
  expect(mock.stats).toMatchObject({ charged: 1, polls: 1, violations: 0 });
});

test.each<[string, object, object]>([
  [
    'a wrong type, although a rule of the whole task is broken by it, too',
    job({ inputs: Array(30_000).fill(1), speech: { text: 'x', voice: 'auto' } }),
    { code: 'invalidParameter', parameter: 'inputs', message: "'inputs' must be an object." },
  ],
  [
    'a rule of the whole task',
    { ...segmented(15_000, good), speech: { text: 'x', voice: 'auto' } },
    { code: 'conflictParameters', parameter: ['speech', 'settings.segments'] },
  ],
  [
    'a value',
    { ...segmented(15_000, good), outputFormat: 'GIF' },
    { code: 'invalidParameter', allowedValues: ['MP4', 'WEBM', 'MOV'] },
  ],
])('the error of a large task is as clear as that of a small one: %s', async (_, task, error) => {
  const { post } = await start();
  const { status, body } = await post([task]);
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([error]);
});

test.each([
  [
    '20,000 boxes',
    () =>
      job({
        settings: { activeSpeakerDetection: { boundingBoxes: Array(20_000).fill([1, 2, 3, 4]) } },
      }),
  ],
  ['15,000 segments', () => segmented(15_000, good)],
])('%s that are right are accepted', async (_, task) => {
  const { mock, post } = await start();
  const { status, body } = await post([task()]);
  expect([status, body.errors]).toEqual([200, undefined]);
  expect(mock.stats.charged).toBe(1);
});

test('among 15,000 segments one with half a hundredth of a second is found', async () => {
  const { post } = await start();
  const task = segmented(15_000, good);
  const { segments } = (task as unknown as { settings: { segments: object[] } }).settings;
  segments[14_999] = { ...good, endTime: 1.005 };
  expect((await post([task])).body.errors).toMatchObject([
    { code: 'invalidParameter', parameter: 'settings.segments.14999.endTime' },
  ]);
});
