import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Sync3, TaskTimeoutError } from '../../src/index.js';
import { sampleJob } from '../sample-job.js';

beforeEach(() => {
  vi.useFakeTimers();
  // No jitter: a factor of exactly 1.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/**
 * A server in memory; it records when it is asked, how much, and when jobs are done.
 *
 * @param jobMs how long each job takes, or each by its place in the request.
 */
function startServer(jobMs: number | ((index: number) => number)) {
  const msOf = typeof jobMs === 'number' ? () => jobMs : jobMs;
  const startedAt = Date.now();
  const doneAt = new Map<string, number>();
  const polls: { at: number; size: number }[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    const tasks: { taskType: string; taskUUID: string }[] = JSON.parse(String(init?.body));
    const now = Date.now();
    const isPoll = tasks[0]?.taskType === 'getResponse';
    if (isPoll) polls.push({ at: now - startedAt, size: tasks.length });
    const data = tasks.map(({ taskType, taskUUID }, index) => {
      if (taskType !== 'getResponse') {
        doneAt.set(taskUUID, now + msOf(index));
        return { taskType, taskUUID };
      }
      const isDone = now >= (doneAt.get(taskUUID) ?? 0);
      const video = { videoUUID: taskUUID, videoURL: 'https://vm.runware.ai/v.mp4' };
      return { taskUUID, status: isDone ? 'success' : 'processing', ...(isDone && video) };
    });
    return Response.json({ data });
  };
  return { fetch, polls, doneAt };
}

test('the interval is a tenth of the age, from one second to ten', async () => {
  const { fetch, polls } = startServer(300_000);
  const sync3 = new Sync3({ apiKey: 'key', fetch });
  const run = sync3.lipsync.run(sampleJob);
  await vi.advanceTimersByTimeAsync(320_000);
  await run;
  const gaps = polls.map(({ at }, index) => at - (polls[index - 1]?.at ?? 0));
  expect(gaps.slice(0, 10)).toEqual(Array(10).fill(1000));
  expect(gaps.at(-1)).toBe(10_000);
  expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
});

test('a job that is attached to is asked for at once', async () => {
  const { fetch, polls } = startServer(0);
  const sync3 = new Sync3({ apiKey: 'key', fetch });
  const wait = sync3.tasks.attach(crypto.randomUUID()).wait();
  await vi.advanceTimersByTimeAsync(0);
  await wait;
  expect(polls).toEqual([{ at: 0, size: 1 }]);
});

test('1,000 jobs of 30 s that start together need no more than 300 requests', async () => {
  vi.mocked(Math.random).mockRestore();
  const { fetch, polls } = startServer(30_000);
  const sync3 = new Sync3({ apiKey: 'key', fetch });
  const runs = Array.from({ length: 1000 }, () => sync3.lipsync.run(sampleJob));
  await vi.advanceTimersByTimeAsync(40_000);
  await Promise.all(runs);
  expect(polls.length).toBeLessThanOrEqual(300);
  expect(Math.max(...polls.map(({ size }) => size))).toBe(100);
});

test('Retry-After of a poll puts off the next one', async () => {
  const calledAt: number[] = [];
  const startedAt = Date.now();
  const taskUUID = crypto.randomUUID();
  const fetch = async () => {
    calledAt.push(Date.now() - startedAt);
    if (calledAt.length === 1) {
      return new Response('', { status: 429, headers: { 'Retry-After': '20' } });
    }
    const video = { videoUUID: taskUUID, videoURL: 'https://vm.runware.ai/v.mp4' };
    return Response.json({ data: [{ taskUUID, status: 'success', ...video }] });
  };
  const wait = new Sync3({ apiKey: 'key', fetch }).tasks.attach(taskUUID).wait();
  await vi.advanceTimersByTimeAsync(20_000);
  await wait;
  expect(calledAt).toEqual([0, 20_000]);
});

test('results that never come end a wait after a minute without change', async () => {
  const taskUUID = crypto.randomUUID();
  const video = { videoUUID: taskUUID, videoURL: 'https://vm.runware.ai/v.mp4' };
  const fetch = async () => Response.json({ data: [{ taskUUID, status: 'success', ...video }] });
  const sync3 = new Sync3({ apiKey: 'key', fetch });
  const settledAt = vi.fn();
  const wait = sync3.tasks.attach(taskUUID, { expectedResults: 3 }).wait();
  void wait.then(settledAt);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(settledAt).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(15_000);
  await expect(wait).resolves.toMatchObject({ videos: [{}], missing: 2 });
});

test('TaskTimeoutError holds what is ready when the deadline passes', async () => {
  const taskUUID = crypto.randomUUID();
  const video = { videoUUID: taskUUID, videoURL: 'https://vm.runware.ai/v.mp4' };
  const rows = [
    { taskUUID, status: 'success', ...video },
    { taskUUID, status: 'processing' },
  ];
  const fetch = async () => Response.json({ data: rows });
  const task = new Sync3({ apiKey: 'key', fetch }).tasks.attach(taskUUID, { expectedResults: 2 });
  const outcome = task.wait({ timeoutMs: 100 }).catch((caught) => caught);
  await vi.advanceTimersByTimeAsync(100);
  const error = await outcome;
  expect(error).toBeInstanceOf(TaskTimeoutError);
  expect(error.snapshot).toMatchObject({ status: 'processing', pending: 1, videos: [{}] });
});

test('a failure of the whole task ends the wait for several results after a minute without news', async () => {
  const taskUUID = crypto.randomUUID();
  const errors = [{ code: 'timeoutProvider', message: 'Too slow', taskUUID }];
  const fetch = async () => Response.json({ data: [], errors });
  const outcome = vi.fn();
  const task = new Sync3({ apiKey: 'key', fetch }).tasks.attach(taskUUID, { expectedResults: 3 });
  task.wait().catch(outcome);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(outcome).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(outcome).toHaveBeenCalledWith(
    expect.objectContaining({ name: 'TaskFailedError', taskUUID }),
  );
});

test('a request that is never answered holds up the tasks in it for no more than ten seconds', async () => {
  const { fetch: answer } = startServer(3000);
  let polls = 0;
  const fetch = (url: unknown, init?: RequestInit) => {
    const isPoll = String(init?.body).includes('getResponse');
    return isPoll && ++polls === 2 ? new Promise<never>(() => {}) : answer(url, init);
  };
  const sync3 = new Sync3({ apiKey: 'key', fetch });
  const results = vi.fn();
  const runs = Array.from({ length: 50 }, () =>
    sync3.lipsync.run(sampleJob, { timeoutMs: 20_000 }),
  );
  void Promise.all(runs).then(results);
  await vi.advanceTimersByTimeAsync(14_000);
  expect(results).toHaveBeenCalledTimes(1);
});

test('1,000 jobs of 10 to 40 s are known three quarters of a second after they are done, by at most 400 polls', async () => {
  vi.mocked(Math.random).mockRestore();
  const { fetch, polls, doneAt } = startServer((index) => 10_000 + (index % 100) * 300);
  const sync3 = new Sync3({ apiKey: 'key', fetch });
  const delays: number[] = [];
  const runs = Array.from({ length: 1000 }, async () => {
    const { taskUUID } = await sync3.lipsync.run(sampleJob);
    delays.push(Date.now() - Number(doneAt.get(taskUUID)));
  });
  await vi.advanceTimersByTimeAsync(60_000);
  await Promise.all(runs);
  delays.sort((a, b) => a - b);
  expect(delays.reduce((sum, ms) => sum + ms, 0) / delays.length).toBeLessThanOrEqual(750);
  expect(delays[949]).toBeLessThanOrEqual(1_500);
  expect(polls.length).toBeLessThanOrEqual(400);
});

test('once a job has settled, others are looked at half as often until its age, and then the more often', async () => {
  const { fetch, polls } = startServer(100_000);
  const sync3 = new Sync3({ apiKey: 'key', fetch });
  const firstRun = sync3.lipsync.run(sampleJob);
  await vi.advanceTimersByTimeAsync(120_000);
  await firstRun;
  const firstPolls = polls.splice(0).length;
  const secondRun = sync3.lipsync.run(sampleJob);
  await vi.advanceTimersByTimeAsync(120_000);
  await secondRun;
  const gaps = polls.map(({ at }, index) => at - (polls[index - 1]?.at ?? 120_000));
  expect(polls.length).toBeLessThan(firstPolls);
  // A fifth of the age, at most 10 s; a second where the first was done.
  expect(Math.max(...gaps)).toBe(10_000);
  expect(gaps.at(-1)).toBe(1_000);
});

test('a task that is not found is waited for during a minute, and then is an ApiError', async () => {
  const taskUUID = crypto.randomUUID();
  const errors = [{ code: 'taskNotFound', message: 'No such task', taskUUID }];
  const fetch = async () => Response.json({ data: [], errors }, { status: 404 });
  const outcome = vi.fn();
  new Sync3({ apiKey: 'key', fetch }).tasks.attach(taskUUID).wait().catch(outcome);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(outcome).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(outcome).toHaveBeenCalledWith(
    expect.objectContaining({ name: 'ApiError', code: 'taskNotFound', taskUUID }),
  );
});

test('refused lists end no wait while single requests are answered', async () => {
  const startedAt = Date.now();
  const fetch = async (_: unknown, init?: RequestInit) => {
    const [task, ...others]: { taskUUID: string }[] = JSON.parse(String(init?.body));
    if (others.length > 0) {
      return Response.json({ errors: [{ code: 'x', message: 'No lists' }] }, { status: 400 });
    }
    const isVisible = Date.now() - startedAt > 90_000;
    const video = { videoUUID: task?.taskUUID, videoURL: 'https://vm.runware.ai/v.mp4' };
    return Response.json({ data: isVisible ? [{ ...task, status: 'success', ...video }] : [] });
  };
  const sync3 = new Sync3({ apiKey: 'key', fetch });
  const waits = [1, 2].map(() => sync3.tasks.attach(crypto.randomUUID()).wait());
  const outcome = expect(Promise.all(waits)).resolves.toHaveLength(2);
  await vi.advanceTimersByTimeAsync(150_000);
  await outcome;
});

test('a wait that was abandoned in the middle of an iteration ends at its deadline', async () => {
  const { fetch, polls } = startServer(3_600_000);
  const sync3 = new Sync3({ apiKey: 'key', fetch, polling: { timeoutMs: 10_000 } });
  const iterator = sync3.tasks.attach(crypto.randomUUID(), { expectedResults: 9 }).snapshots();
  const first = iterator.next();
  await vi.advanceTimersByTimeAsync(0);
  await first;
  await vi.advanceTimersByTimeAsync(10_000);
  const asked = polls.length;
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(polls).toHaveLength(asked);
});

test('waits that reach their deadlines together have at most 40 requests under way for a last look', async () => {
  const lastLooks = new Set<string>();
  let underWay = 0;
  let mostUnderWay = 0;
  const fetch = async (_: unknown, init?: RequestInit) => {
    const tasks: { taskUUID: string }[] = JSON.parse(String(init?.body));
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    if (Date.now() >= deadline) for (const { taskUUID } of tasks) lastLooks.add(taskUUID);
    await new Promise((resolve) => setTimeout(resolve, 100));
    underWay--;
    return Response.json({ data: [] });
  };
  const sync3 = new Sync3({ apiKey: 'key', fetch });
  const deadline = Date.now() + 10_000;
  const waits = Array.from({ length: 200 }, () =>
    sync3.tasks.attach(crypto.randomUUID()).wait({ timeoutMs: 10_000 }),
  );
  const outcomes = Promise.allSettled(waits);
  await vi.advanceTimersByTimeAsync(20_000);
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ reason: { name: 'TaskTimeoutError' } });
  }
  expect(mostUnderWay).toBe(40);
  expect(lastLooks.size).toBe(200);
});

test('a second wait does not break the silence that Retry-After asked for', async () => {
  const calledAt: number[] = [];
  const startedAt = Date.now();
  const fetch = async () => {
    calledAt.push(Date.now() - startedAt);
    return new Response('', { status: 429, headers: { 'Retry-After': '20' } });
  };
  const sync3 = new Sync3({ apiKey: 'key', fetch });
  const wait = (ms: number) =>
    sync3.tasks
      .attach(crypto.randomUUID())
      .wait({ timeoutMs: ms })
      .catch(() => {});
  const waits = [wait(30_000)];
  await vi.advanceTimersByTimeAsync(3000);
  waits.push(wait(20_000));
  await vi.advanceTimersByTimeAsync(30_000);
  await Promise.all(waits);
  expect(calledAt).toEqual([0, 20_000]);
});

test('a request under way ends with the last wait', async () => {
  let signal: AbortSignal | null | undefined;
  const fetch = (_: unknown, init?: RequestInit) => {
    signal = init?.signal;
    return new Promise<never>(() => {});
  };
  const sync3 = new Sync3({ apiKey: 'key', fetch });
  const wait = sync3.tasks.attach(crypto.randomUUID()).wait({ timeoutMs: 1000 });
  const outcome = expect(wait).rejects.toMatchObject({ name: 'TaskTimeoutError' });
  // The deadline, and the time for a last look.
  await vi.advanceTimersByTimeAsync(6000);
  await outcome;
  expect(signal?.aborted).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

describe('no timer is left', () => {
  test('when all jobs have settled', async () => {
    const { fetch } = startServer(3000);
    const sync3 = new Sync3({ apiKey: 'key', fetch });
    const runs = [sync3.lipsync.run(sampleJob), sync3.lipsync.run(sampleJob)];
    await vi.advanceTimersByTimeAsync(10_000);
    await Promise.all(runs);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('when the iteration over a task is left', async () => {
    const { fetch } = startServer(60_000);
    const sync3 = new Sync3({ apiKey: 'key', fetch });
    const task = sync3.tasks.attach(crypto.randomUUID(), { expectedResults: 2 });
    const iterator = task[Symbol.asyncIterator]();
    const first = iterator.next();
    await vi.advanceTimersByTimeAsync(1000);
    await first;
    await iterator.return?.();
    expect(vi.getTimerCount()).toBe(0);
  });
});
