import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RateLimitError, Sync3 } from '../../src/index.js';
import { readRetryAfter } from '../../src/wire/retry-delay.js';
import { sampleJob } from '../sample-job.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

interface Task {
  taskType: string;
  taskUUID: string;
}

/** A client whose `fetch` answers from a list, at once; the last answer is repeated. */
function clientOf(...answers: ((task: Task) => Response)[]) {
  const calledAt: number[] = [];
  const startedAt = Date.now();
  const fetch = async (_: unknown, init?: RequestInit) => {
    const [task]: Task[] = JSON.parse(String(init?.body));
    // Nobody but the submits of the test knows the task.
    if (task?.taskType === 'getResponse') return Response.json({ data: [] });
    const answer = answers[Math.min(calledAt.length, answers.length - 1)];
    calledAt.push(Date.now() - startedAt);
    if (!answer || !task) throw new Error('no answer');
    return answer(task);
  };
  return { sync3: new Sync3({ apiKey: 'key', fetch }), calledAt };
}

const limited = (retryAfter?: string) => () =>
  Response.json(
    { errors: [{ code: 'rateLimitExceeded', message: 'x' }] },
    { status: 429, ...(retryAfter && { headers: { 'Retry-After': retryAfter } }) },
  );
const down = () => new Response('', { status: 503 });
const accepted = ({ taskType, taskUUID }: Task) =>
  Response.json({ data: [{ taskType, taskUUID }] });

describe('a retried submit waits', () => {
  test('as many seconds as Retry-After says', async () => {
    const { sync3, calledAt } = clientOf(limited('5'), accepted);
    const submit = sync3.lipsync.submit(sampleJob);
    await vi.advanceTimersByTimeAsync(4999);
    expect(calledAt).toEqual([0]);
    await vi.advanceTimersByTimeAsync(1);
    await submit;
    expect(calledAt).toEqual([0, 5000]);
  });

  test('until the date that Retry-After says', async () => {
    vi.setSystemTime('2026-11-22T10:00:00Z');
    const { sync3, calledAt } = clientOf(limited('Sun, 22 Nov 2026 10:00:07 GMT'), accepted);
    const submit = sync3.lipsync.submit(sampleJob);
    await vi.advanceTimersByTimeAsync(7000);
    await submit;
    expect(calledAt).toEqual([0, 7000]);
  });

  test('a minute at the most, whatever Retry-After says', async () => {
    const { sync3, calledAt } = clientOf(limited('86400'), accepted);
    const submit = sync3.lipsync.submit(sampleJob);
    await vi.advanceTimersByTimeAsync(60_000);
    await submit;
    expect(calledAt).toEqual([0, 60_000]);
  });

  test('at random below bounds that double from half a second to eight', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.999_999);
    const fetch = vi.fn(async () => down());
    const delays: number[] = [];
    const hooks = { onRetry: ({ delayMs }: { delayMs: number }) => delays.push(delayMs) };
    const sync3 = new Sync3({ apiKey: 'key', maxRetries: 6, fetch, hooks });
    const submit = sync3.lipsync.submit(sampleJob).catch(() => {});
    await vi.advanceTimersByTimeAsync(60_000);
    await submit;
    expect(delays.map(Math.round)).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
  });

  test('not at all when the random delay is nothing', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { sync3, calledAt } = clientOf(down, down, accepted);
    const submit = sync3.lipsync.submit(sampleJob);
    await vi.runAllTimersAsync();
    await submit;
    expect(calledAt).toEqual([0, 0, 0]);
  });
});

test('a submit gives up after four retries and says so by the status', async () => {
  const { sync3, calledAt } = clientOf(limited('1'));
  const submit = sync3.lipsync.submit(sampleJob);
  const outcome = expect(submit).rejects.toBeInstanceOf(RateLimitError);
  await vi.advanceTimersByTimeAsync(10_000);
  await outcome;
  expect(calledAt).toEqual([0, 1000, 2000, 3000, 4000]);
});

test('an abort ends the wait between two attempts', async () => {
  const { sync3, calledAt } = clientOf(limited('30'));
  const controller = new AbortController();
  const submit = sync3.lipsync.submit(sampleJob, { signal: controller.signal });
  const outcome = expect(submit).rejects.toMatchObject({
    name: 'AbortError',
    taskUUID: expect.any(String),
  });
  await vi.advanceTimersByTimeAsync(1000);
  controller.abort();
  await outcome;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calledAt).toEqual([0]);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  [null, 0],
  ['', 0],
  ['soon', 0],
  ['0', 0],
  ['1.5', 1500],
  ['-3', 0],
  ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
])('Retry-After %j is read as %j ms', (header, expected) => {
  expect(readRetryAfter(header, Date.parse('2026-11-22T10:00:00Z'))).toBe(expected);
});
