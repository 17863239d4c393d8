import { randomUUID } from 'node:crypto';
import { Sync3, type Task } from '@sync3/sdk';
import { expect, onTestFinished, test } from 'vitest';
import { JobLooks, rarePolling } from '../../src/work/job-looks.ts';
import type { WorkEvent } from '../../src/work/work-options.ts';
import { followClock } from './clock.ts';

/** Jobs of one worker on an API in memory, where they settle when the test says so. */
function startScene({ workers = 1 } = {}) {
  const clock = followClock();
  const done = new Set<string>();
  const polls: string[][] = [];
  const events: WorkEvent[] = [];
  const sync3 = new Sync3({
    apiKey: 'key-of-the-tests',
    baseUrl: 'http://127.0.0.1:1',
    polling: rarePolling,
    async fetch(_, init) {
      const tasks: { taskUUID: string }[] = JSON.parse(String(init?.body));
      polls.push(tasks.map(({ taskUUID }) => taskUUID));
      const video = { videoUUID: randomUUID(), videoURL: 'https://example.com/v.mp4' };
      const data = tasks.map(({ taskUUID }) =>
        done.has(taskUUID) ? { taskUUID, ...video } : { taskUUID, status: 'processing' },
      );
      return Response.json({ data });
    },
  });
  const looks = new JobLooks({
    sync3,
    workers: () => workers,
    tell: (event) => events.push(event),
  });
  onTestFinished(() => looks.close());
  const settled = new Set<string>();
  return {
    clock,
    done,
    polls,
    events,
    looks,
    settled,
    /** Waits for a job that was submitted before, and for the look with which that begins. */
    async wait(
      jobs: number | string[],
      { hasWebhook = true }: { hasWebhook?: boolean } = {},
    ): Promise<string[]> {
      const uuids = typeof jobs === 'number' ? Array.from({ length: jobs }, randomUUID) : jobs;
      const tasks = uuids.map((taskUUID) => sync3.tasks.attach(taskUUID));
      for (const task of tasks) {
        void looks
          .during(task, hasWebhook, () => task.wait({ timeoutMs: 1e9 }))
          .then(() => settled.add(task.taskUUID));
      }
      await clock.advance(10);
      return uuids;
    },
    /** The requests since the last call. */
    newPolls: () => polls.splice(0),
  };
}

/** A scene in which deliveries have begun to come. */
async function startDelivered(count: number, options = {}) {
  const scene = startScene(options);
  const jobs = await scene.wait(count);
  scene.looks.announced(randomUUID(), false);
  await scene.clock.advance(3_000);
  scene.newPolls();
  return { ...scene, jobs };
}

test('an announced job is looked at at once, and only that', async () => {
  const { clock, done, looks, jobs, settled, newPolls } = await startDelivered(3);
  done.add(`${jobs[1]}`);
  looks.announced(`${jobs[1]}`, true);
  await clock.advance(1_250);
  expect(newPolls()).toEqual([[jobs[1]]]);
  expect(settled).toEqual(new Set([jobs[1]]));
});

test('a job that was announced before the wait for it began is looked at as it begins', async () => {
  const { clock, looks, wait, newPolls } = await startDelivered(0);
  const early = randomUUID();
  looks.announced(early, true);
  const others = await wait(2);
  await wait([early]);
  newPolls();
  await clock.advance(2_500);
  expect(newPolls()).toEqual([[early]]);
  expect(others).not.toContain(early);
});

test('a job that was lost and taken again is looked at, though the former wait ends later', async () => {
  const { clock, looks, wait, newPolls } = await startDelivered(0);
  const [job = ''] = await wait(1);
  let endFormer = () => {};
  const task = { taskUUID: job } as Task;
  const former = looks.during(task, true, () => new Promise<void>((end) => (endFormer = end)));
  await wait([job]);
  endFormer();
  await former;
  newPolls();
  await clock.advance(35_000);
  expect(newPolls().flat()).toContain(job);
});

test('a job whose delivery is lost is found by the slow polls', async () => {
  const { clock, done, jobs, settled, newPolls } = await startDelivered(3);
  done.add(`${jobs[2]}`);
  await clock.advance(20_000);
  expect(newPolls()).toEqual([]);
  await clock.advance(15_000);
  expect(newPolls()).toHaveLength(1);
  expect(settled).toEqual(new Set([jobs[2]]));
});

test('what was announced and is not to be seen yet is looked at again, with growing pauses', async () => {
  const { clock, done, looks, jobs, settled, newPolls } = await startDelivered(2);
  looks.announced(`${jobs[0]}`, true);
  await clock.advance(8_000);
  expect(newPolls()).toEqual(Array(3).fill([jobs[0]]));
  done.add(`${jobs[0]}`);
  await clock.advance(10_000);
  expect(settled).toEqual(new Set([jobs[0]]));
});

test('jobs that are announced one after the other share requests: fewer than one in a second', async () => {
  const { clock, done, looks, jobs, settled, newPolls } = await startDelivered(500);
  for (const job of jobs) {
    done.add(job);
    looks.announced(job, true);
    await clock.advance(100);
  }
  await clock.advance(2_000);
  expect(settled.size).toBe(500);
  // 500 deliveries in 50 s.
  expect(newPolls().length).toBeLessThan(50);
});

test.each([1, 4])(
  'with %i workers, 10,000 jobs of a batch take fewer than one request in a second while nothing is announced',
  async (workers) => {
    const count = 10_000 / workers;
    const { clock, newPolls, wait, looks } = startScene({ workers });
    const mine = await wait(count);
    // A worker that has just begun asks for all jobs that it finds.
    await clock.advance(5_000);
    newPolls();
    // Before the first delivery, and after it.
    await clock.advance(60_000);
    expect(newPolls().length * workers).toBeLessThan(60);
    looks.announced(`${mine[0]}`, true);
    await clock.advance(240_000);
    const polls = newPolls();
    expect(polls.length * workers).toBeLessThan(240);
    expect(new Set(polls.flat()).size).toBe(count);
  },
);

test('jobs without a webhook are looked at as often as ever', async () => {
  const { clock, wait, newPolls } = await startDelivered(0);
  await wait(3, { hasWebhook: false });
  newPolls();
  await clock.advance(25_000);
  expect(newPolls()).toHaveLength(10);
});

test('when jobs settle and nothing was delivered for a minute, all are looked at as without webhooks, until a delivery comes', async () => {
  const { clock, done, events, looks, wait, newPolls } = startScene();
  const jobs = await wait(10);
  for (const job of jobs.slice(0, 3)) {
    done.add(job);
    await clock.advance(30_000);
  }
  done.add(`${jobs[3]}`);
  await clock.advance(5_000);
  expect(events).toMatchObject([
    { event: 'warning', message: expect.stringContaining('delivery') },
  ]);
  newPolls();
  await clock.advance(25_000);
  expect(newPolls()).toHaveLength(10);
  looks.announced(`${jobs[9]}`, true);
  await clock.advance(1_000);
  newPolls();
  await clock.advance(20_000);
  expect(newPolls().flat()).not.toContain(jobs[5]);
});
