import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createClock, getResponse, job, start } from './start.js';

afterEach(() => {
  vi.useRealTimers();
});

const day = 24 * 3_600_000;
/** Longer than a timer of Node can wait. */
const fortyDays = 40 * day;

/** A job whose videos are made, so that only time keeps its results back. */
async function startJob(jobDurationMs: number) {
  const clock = createClock();
  const { mock, post } = await start({ now: clock.now, jobDurationMs, failureForm: 'row' });
  const task = job();
  await post([task]);
  const isMade = () => mock.tasks[0]?.timeline.some(({ event }) => event === 'failed');
  await expect.poll(isMade).toBe(true);
  // A timer that was set to too much would fire now.
  await pause(50);
  const statuses = async () => {
    const { body } = await post([getResponse(task.taskUUID)]);
    return body.data.map(({ status }: { status: string }) => status);
  };
  return { clock, statuses };
}

test('a result that takes forty days is there after forty days, not at once', async () => {
  const { clock, statuses } = await startJob(fortyDays);
  expect(await statuses()).toEqual(['processing']);
  clock.advance(fortyDays - 1);
  expect(await statuses()).toEqual(['processing']);
  clock.advance(1);
  expect(await statuses()).toEqual(['error']);
});

test('with an infinite duration no result is ever there', async () => {
  const { clock, statuses } = await startJob(Infinity);
  clock.advance(100 * 365 * day);
  expect(await statuses()).toEqual(['processing']);
});

test('a result that takes forty days settles by itself', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { mock, post } = await start({ jobDurationMs: fortyDays });
  mock.faults.add({ on: 'submit', kind: 'failed-results' });
  await post([job()]);
  const isMade = () => mock.tasks[0]?.timeline.some(({ event }) => event === 'failed');
  await vi.waitUntil(isMade, { timeout: 280_000 });
  await vi.advanceTimersByTimeAsync(fortyDays - day);
  expect(mock.tasks[0]?.state).toBe('processing');
  await vi.advanceTimersByTimeAsync(day);
  expect(mock.tasks[0]?.state).toBe('error');
});

test.each([[[1, Infinity]], [[Infinity, 1]], [-Infinity], [Number.NaN]])(
  'a duration of %j is refused',
  async (jobDurationMs) => {
    const options = { jobDurationMs: jobDurationMs as number };
    await expect(start(options)).rejects.toThrow('jobDurationMs must be');
  },
);
