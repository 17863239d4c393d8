import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Sync3 } from '../../src/index.js';
import { createWebhookHandler, urlFor } from '../../src/webhooks/index.js';
import { sampleJob } from '../sample-job.js';

const secret = 'a secret of the tests, long enough';

beforeEach(() => {
  vi.useFakeTimers();
  // No jitter: a factor of exactly 1.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A client of a server in memory on which jobs take as long as the test says, in ms. */
function startScene() {
  const startedAt = Date.now();
  const doneAt = new Map<string, number>();
  const polls: { at: number; tasks: string[] }[] = [];
  const rowOf = (taskUUID: string) =>
    Date.now() >= (doneAt.get(taskUUID) ?? 0)
      ? { taskUUID, videoUUID: taskUUID, videoURL: 'https://vm.runware.ai/v.mp4' }
      : { taskUUID, status: 'processing' };
  const fetch = async (_: unknown, init?: RequestInit) => {
    const tasks: { taskType: string; taskUUID: string }[] = JSON.parse(String(init?.body));
    return Response.json({ data: tasks.map(({ taskUUID }) => rowOf(taskUUID)) });
  };
  const client = new Sync3({
    apiKey: 'key',
    fetch,
    hooks: {
      onPoll: ({ tasks }) =>
        polls.push({
          at: Date.now() - startedAt,
          tasks: tasks.map(({ taskUUID }) => taskUUID),
        }),
    },
  });
  const handler = createWebhookHandler({ secret, client, onVideo: () => {} });
  const endpoint = 'https://example.com/hooks';
  return {
    /** When a task was asked for with others, in seconds since the beginning. */
    pollsOf: (taskUUID: string) =>
      polls.filter(({ tasks }) => tasks.includes(taskUUID)).map(({ at }) => at / 1000),
    /** Begins a job. */
    run(jobMs: number, hasWebhook = true) {
      const taskUUID = randomUUID();
      doneAt.set(taskUUID, Date.now() + jobMs);
      const webhookURL = 'https://example.com/hooks';
      const job = { ...sampleJob, taskUUID, ...(hasWebhook && { webhookURL }) };
      return { taskUUID, end: client.lipsync.run(job, { isNew: true }) };
    },
    /** Delivers what the server says of a task by now. */
    async deliver(taskUUID: string) {
      const body = JSON.stringify(rowOf(taskUUID));
      const url = await urlFor(endpoint, taskUUID, { secret });
      return (await handler(new Request(url, { method: 'POST', body }))).status;
    },
  };
}

test('once a delivery has settled a task, tasks with a webhook are asked for each 30 s, and others as before', async () => {
  const { run, deliver, pollsOf } = startScene();
  const first = run(2_500);
  const slow = run(100_000);
  const without = run(100_000, false);
  await vi.advanceTimersByTimeAsync(2_600);
  expect(await deliver(first.taskUUID)).toBe(200);
  expect(await first.end).toMatchObject({ videos: [{}] });
  await vi.advanceTimersByTimeAsync(90_000);
  expect(pollsOf(slow.taskUUID)).toEqual([1, 2, 3, 33, 63]);
  expect(pollsOf(without.taskUUID).length).toBeGreaterThan(25);
});

test('a task whose delivery is lost is found by the slow polls, which are as often as before from then on', async () => {
  const { run, deliver, pollsOf } = startScene();
  const first = run(1_500);
  const lost = run(40_000);
  await vi.advanceTimersByTimeAsync(1_600);
  await deliver(first.taskUUID);
  await vi.advanceTimersByTimeAsync(70_000);
  expect(await lost.end).toMatchObject({ videos: [{}] });
  expect(pollsOf(lost.taskUUID)).toEqual([1, 2, 32, 62]);
  const next = run(100_000);
  await vi.advanceTimersByTimeAsync(5_500);
  expect(pollsOf(next.taskUUID)).toHaveLength(5);
});
