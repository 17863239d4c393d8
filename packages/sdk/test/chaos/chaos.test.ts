import { randomInt } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { ApiError, type LipsyncParams, type LipsyncResult, type Outcome } from '../../src/index.js';
import { sizes } from '../sizes.js';
import { chanceOfDefeat, chaosClient, jobNamed } from './chaos-client.js';
import { hurryRetries } from './hurry-retries.js';
import { inParallel } from './in-parallel.js';
import { sharedSignal, watchForLeftovers } from './leftovers.js';
import { startChaosServer } from './start-chaos-server.js';

hurryRetries();

/** Decides what fails; another one each time. */
const newSeed = randomInt(1_000_000);

test('no run of the following uses up its retries, but for one chance in a million', () => {
  expect(chanceOfDefeat(2_000)).toBeLessThan(1e-6);
});

test.each([
  // One request for each submit, so that many meet a fault; then lists, in the middle of which it may
  // happen.
  { seed: 1, submitBatchSize: 1, runs: sizes.singleJobs, atOnce: 200 },
  { seed: newSeed, submitBatchSize: 1, runs: sizes.singleJobs, atOnce: 200 },
  { seed: 1, submitBatchSize: 8, runs: sizes.sharedJobs, atOnce: sizes.sharedJobs },
  { seed: newSeed, submitBatchSize: 8, runs: sizes.sharedJobs, atOnce: sizes.sharedJobs },
])(
  'on a server that fails at random, $runs runs pay for $runs jobs, get each its own result, and leave nothing behind (seed $seed, $submitBatchSize in a request)',
  async ({ seed, submitBatchSize, runs, atOnce }) => {
    const server = await startChaosServer({ seed });
    const expectNothingLeft = watchForLeftovers(server.report);
    const sync3 = chaosClient(server.url, { submitBatchSize });
    const signal = sharedSignal();

    const results = await inParallel(runs, atOnce, (index) =>
      sync3.lipsync.run(jobNamed(`job-${index}`), { signal }),
    );

    const { acceptances, faults, conflicts } = await server.report();
    // Nearly one in three of the submits.
    expect(Object.values(faults).reduce((sum, count) => sum + count)).toBeGreaterThan(
      runs / submitBatchSize / 8,
    );
    expect(conflicts).toBeGreaterThan(0);
    expect(Object.keys(acceptances)).toHaveLength(runs);
    for (const [index, { taskUUID, videos, failures, missing }] of results.entries()) {
      expect(acceptances[`job-${index}`]).toEqual([taskUUID]);
      expect(videos).toMatchObject([{ taskUUID, url: videoURL(`job-${index}`, 0) }]);
      expect({ failures, missing }).toEqual({ failures: [], missing: 0 });
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await expectNothingLeft();
  },
);

describe(`on a server that fails at random (seed ${newSeed})`, () => {
  const seed = newSeed;
  test(`${sizes.mixedJobs} jobs whose third result fails give two videos and one failure each`, async () => {
    const server = await startChaosServer({ seed });
    const expectNothingLeft = watchForLeftovers(server.report);
    const sync3 = chaosClient(server.url);
    const signal = sharedSignal();

    const results = await inParallel(sizes.mixedJobs, 100, (index) =>
      sync3.lipsync.run({ ...jobNamed(`job-${index}`), numberResults: 3 }, { signal }),
    );

    const { acceptances } = await server.report();
    for (const [index, { taskUUID, videos, failures, missing }] of results.entries()) {
      const name = `job-${index}`;
      expect(acceptances[name]).toEqual([taskUUID]);
      expect(videos.map(({ url }) => url)).toEqual([videoURL(name, 0), videoURL(name, 1)]);
      expect(failures).toMatchObject([{ message: `Result 2 of ${name} failed.` }]);
      expect(missing).toBe(0);
    }
    await expectNothingLeft();
  });

  test(`${sizes.mixedJobs} jobs of which some are not valid have one outcome each, with fifty at a time`, async () => {
    const server = await startChaosServer({ seed });
    const expectNothingLeft = watchForLeftovers(server.report);
    const signal = sharedSignal();
    const isWrong = (index: number) => index % 50 === 7;
    let taken = 0;
    let most = 0;
    function* jobs() {
      for (; taken < sizes.mixedJobs; taken++) {
        yield { ...jobNamed(`job-${taken}`), numberResults: isWrong(taken) ? 99 : 1 };
      }
    }

    const outcomes = new Map<number, Outcome<LipsyncParams>>();
    const options = { concurrency: 50, signal };
    for await (const outcome of chaosClient(server.url).lipsync.runAll(jobs(), options)) {
      expect(outcomes.has(outcome.index)).toBe(false);
      most = Math.max(most, taken - outcomes.size);
      outcomes.set(outcome.index, outcome);
    }

    const { acceptances } = await server.report();
    expect(outcomes.size).toBe(sizes.mixedJobs);
    for (const [index, outcome] of outcomes) {
      const name = `job-${index}`;
      if (outcome.ok) {
        const { taskUUID, videos } = outcome.result;
        expect(videos).toMatchObject([{ taskUUID, url: videoURL(name, 0) }]);
        expect(acceptances[name]).toEqual([taskUUID]);
      } else expect(outcome.error).toMatchObject({ name: 'ValidationError' });
      expect(outcome.ok).toBe(!isWrong(index));
    }
    expect(most).toBeLessThanOrEqual(50);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await expectNothingLeft();
  });

  test('four callers with the same idempotencyKey pay once, and all get the result', async () => {
    const server = await startChaosServer({ seed });
    const expectNothingLeft = watchForLeftovers(server.report);
    const clients = [chaosClient(server.url), chaosClient(server.url)];
    const signal = sharedSignal();

    const keys = await inParallel(sizes.sharedKeys, 25, (key) =>
      Promise.all(
        [...clients, ...clients].map((client) => runOrAttach(client, `job-${key}`, signal)),
      ),
    );

    const { acceptances } = await server.report();
    for (const [key, callers] of keys.entries()) {
      const { taskUUID } = callers[0]?.result ?? {};
      expect(acceptances[`job-${key}`]).toEqual([taskUUID]);
      for (const { result } of callers) {
        expect(result.videos).toMatchObject([{ taskUUID, url: videoURL(`job-${key}`, 0) }]);
      }
      expect(callers.filter(({ isConflict }) => !isConflict).length).toBeGreaterThan(0);
    }
    await expectNothingLeft();
  });
});

test('of four callers with the same idempotencyKey one submits, and the others learn how to attach', async () => {
  const server = await startChaosServer({ isFaulty: false });
  // An answer that comes late, on a busy machine, would look like one that was lost.
  const patient = { timeoutMs: 60_000 };
  const clients = [chaosClient(server.url, patient), chaosClient(server.url, patient)];
  const signal = sharedSignal();
  const keys = await inParallel(50, 50, (key) =>
    Promise.all(
      [...clients, ...clients].map((client) => runOrAttach(client, `job-${key}`, signal)),
    ),
  );
  const { acceptances } = await server.report();
  for (const [key, callers] of keys.entries()) {
    expect(acceptances[`job-${key}`]).toHaveLength(1);
    expect(callers.filter(({ isConflict }) => isConflict)).toHaveLength(3);
    expect(new Set(callers.map(({ result }) => result.taskUUID)).size).toBe(1);
  }
});

/** Runs a job under its name as the key, or waits for the one that is in use. */
async function runOrAttach(
  sync3: ReturnType<typeof chaosClient>,
  name: string,
  signal: AbortSignal,
): Promise<{ result: LipsyncResult; isConflict: boolean }> {
  try {
    const result = await sync3.lipsync.run(jobNamed(name), { idempotencyKey: name, signal });
    return { result, isConflict: false };
  } catch (error) {
    if (!ApiError.is(error) || error.code !== 'conflictTaskUUID') throw error;
    const result = await sync3.tasks.attach(String(error.taskUUID)).wait({ signal });
    return { result, isConflict: true };
  }
}

function videoURL(name: string, index: number): string {
  return `https://vm.runware.ai/video/${name}/${index}.mp4`;
}
