import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Sync3 } from '../../src/index.js';
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

/** A server in memory on which every job takes `jobMs`; it records when each task is asked for. */
function startServer(jobMs: number) {
  const doneAt = new Map<string, number>();
  const polls: { at: number; taskUUID: string }[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    const tasks: { taskType: string; taskUUID: string }[] = JSON.parse(String(init?.body));
    const now = Date.now();
    const data = tasks.map(({ taskType, taskUUID }) => {
      if (taskType !== 'getResponse') {
        doneAt.set(taskUUID, now + jobMs);
        return { taskType, taskUUID };
      }
      polls.push({ at: now, taskUUID });
      const isDone = now >= (doneAt.get(taskUUID) ?? 0);
      const video = { videoUUID: taskUUID, videoURL: 'https://vm.runware.ai/v.mp4' };
      return { taskUUID, status: isDone ? 'success' : 'processing', ...(isDone && video) };
    });
    return Response.json({ data });
  };
  return { client: new Sync3({ apiKey: 'key', fetch }), polls };
}

/** The times between the looks at a job from its submit on, in seconds. */
async function gapsOfNextJob({ client, polls }: ReturnType<typeof startServer>, seconds: number) {
  const from = polls.length;
  const submittedAt = Date.now();
  const run = client.lipsync.run(sampleJob);
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  await run;
  const times = polls.slice(from).map(({ at }) => at);
  return times.map((at, index) => Math.round((at - (times[index - 1] ?? submittedAt)) / 1000));
}

test('a job is looked at each second at the age at which the last ones ended', async () => {
  const server = startServer(100_000);
  expect((await gapsOfNextJob(server, 120)).at(-1)).toBeGreaterThan(5);
  await gapsOfNextJob(server, 120);
  await gapsOfNextJob(server, 120);
  const gaps = await gapsOfNextJob(server, 120);
  expect(gaps.slice(-10)).toEqual(Array(10).fill(1));
  // Before that age it is looked at as seldom as ever.
  expect(Math.max(...gaps)).toBeGreaterThan(5);
});

const webhookURL = 'https://example.com/hooks/lipsync';
const jobWithWebhook = { ...sampleJob, webhookURL };

/** Runs a job of 5 s whose result is told by a delivery. */
async function runDelivered({ client }: ReturnType<typeof startServer>) {
  const task = await client.lipsync.submit(jobWithWebhook);
  const wait = task.wait();
  await vi.advanceTimersByTimeAsync(4_999);
  vi.setSystemTime(Date.now() + 1);
  // What the webhook handler asks when a delivery arrives.
  await client.tasks.status(task.taskUUID);
  await wait;
}

test('once a delivery has told a result, tasks with a webhook are polled each half minute', async () => {
  const server = startServer(5_000);
  await runDelivered(server);
  const { client, polls } = server;
  const next = await client.lipsync.submit(jobWithWebhook);
  const wait = next.wait();
  const withoutWebhook = client.lipsync.run(sampleJob);
  await vi.advanceTimersByTimeAsync(29_000);
  await withoutWebhook;
  const pollsOfNext = () => polls.filter(({ taskUUID }) => taskUUID === next.taskUUID);
  expect(pollsOfNext()).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(2_000);
  await wait;
  expect(pollsOfNext()).toHaveLength(1);
});

test('a result that no delivery has told brings the usual polls back', async () => {
  const server = startServer(5_000);
  await runDelivered(server);
  const { client, polls } = server;
  const undelivered = client.lipsync.run(jobWithWebhook);
  await vi.advanceTimersByTimeAsync(31_000);
  await undelivered;
  const from = polls.length;
  const next = client.lipsync.run(jobWithWebhook);
  await vi.advanceTimersByTimeAsync(6_000);
  await next;
  expect(polls.length - from).toBeGreaterThanOrEqual(5);
});
