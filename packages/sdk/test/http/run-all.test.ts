import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import {
  AbortError,
  type LipsyncParams,
  Sync3,
  TaskFailedError,
  ValidationError,
} from '../../src/index.js';
import { quickPolling, sampleJob } from '../sample-job.js';
import {
  acknowledgement,
  cooperative,
  processing,
  type Script,
  sendJson,
  startScriptedServer,
  success,
} from './scripted-server.js';

async function clientOf(script: Script) {
  const server = await startScriptedServer(script);
  const sync3 = new Sync3({ baseUrl: server.url, apiKey: 'key', polling: quickPolling });
  const count = (taskType: string) =>
    server.requests.filter(({ tasks }) => tasks[0]?.taskType === taskType).length;
  return { sync3, submits: () => count('videoInference'), polls: () => count('getResponse') };
}

const jobs = (count: number) => Array.from({ length: count }, () => ({ ...sampleJob }));

/** A server on which a job is ready once its UUID has been let go. */
function gate() {
  const ready = new Set<string>();
  const accepted: string[] = [];
  const script: Script = ({ tasks }, response) => {
    const data = tasks.map((task) => {
      if (task.taskType === 'getResponse') {
        return ready.has(task.taskUUID) ? success(task.taskUUID) : processing(task.taskUUID);
      }
      accepted.push(task.taskUUID);
      return acknowledgement(task);
    });
    sendJson(response, 200, { data });
  };
  return { ready, accepted, script };
}

test('every job of a list comes back with its position, its parameters and its result', async () => {
  const { sync3, submits } = await clientOf(cooperative);
  const list = jobs(120);
  const outcomes = [];
  for await (const outcome of sync3.lipsync.runAll(list)) outcomes.push(outcome);
  expect(outcomes.map(({ index }) => index).sort((a, b) => a - b)).toEqual([...list.keys()]);
  expect(outcomes.every(({ params, index }) => params === list[index])).toBe(true);
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  expect(submits()).toBe(120);
});

test('an empty list has no outcomes', async () => {
  const { sync3 } = await clientOf(cooperative);
  for await (const _ of sync3.lipsync.runAll([])) throw new Error('an outcome of nothing');
});

test('a job that breaks a rule or fails is an outcome, and stops no other', async () => {
  const failing = new Set<string>();
  const { sync3 } = await clientOf(({ tasks }, response) => {
    const data = tasks.map((task) => {
      const { taskUUID } = task;
      if (task.taskType === 'getResponse') {
        const error = { code: 'timeoutProvider', message: 'Late' };
        return failing.has(taskUUID) ? { taskUUID, status: 'error', error } : success(taskUUID);
      }
      if (task['outputFormat'] === 'MOV') failing.add(taskUUID);
      return acknowledgement(task);
    });
    sendJson(response, 200, { data });
  });
  const broken = { inputs: { video: 'not a reference' } } as unknown as LipsyncParams;
  const list = [sampleJob, broken, { ...sampleJob, outputFormat: 'MOV' as const }, sampleJob];
  const outcomes = new Map();
  for await (const outcome of sync3.lipsync.runAll(list)) outcomes.set(outcome.index, outcome);
  expect(outcomes.get(0)).toMatchObject({ ok: true, result: { videos: [{}] } });
  expect(outcomes.get(1)).toMatchObject({ ok: false, error: expect.any(ValidationError) });
  expect(outcomes.get(2)).toMatchObject({ ok: false, error: expect.any(TaskFailedError) });
  expect(outcomes.get(3)).toMatchObject({ ok: true });
});

test('outcomes come as they settle, not in the order of the list', async () => {
  const { ready, accepted, script } = gate();
  const { sync3 } = await clientOf(script);
  const outcomes = sync3.lipsync.runAll(jobs(3));
  const first = outcomes.next();
  await expect.poll(() => accepted).toHaveLength(3);
  ready.add(String(accepted[1]));
  const { value } = await first;
  expect(value?.ok && value.result.taskUUID).toBe(accepted[1]);
  for (const taskUUID of accepted) ready.add(taskUUID);
  expect((await outcomes.next()).done).toBe(false);
  expect((await outcomes.next()).done).toBe(false);
  expect((await outcomes.next()).done).toBe(true);
});

describe('at most `concurrency` jobs', () => {
  test('are under way at once', async () => {
    const { ready, accepted, script } = gate();
    let most = 0;
    const { sync3 } = await clientOf((...request) => {
      script(...request);
      most = Math.max(most, accepted.length - ready.size);
    });
    // Lets four go a while after the last of them has come: a fifth would be there by then.
    const watch = setInterval(() => {
      if (accepted.length - ready.size < 4 && accepted.length < 20) return;
      for (const taskUUID of accepted) ready.add(taskUUID);
    }, 30);
    const outcomes = [];
    for await (const outcome of sync3.lipsync.runAll(jobs(20), { concurrency: 4 })) {
      outcomes.push(outcome);
    }
    clearInterval(watch);
    expect(outcomes).toHaveLength(20);
    expect(most).toBe(4);
  });

  test('are taken from the source before outcomes are fetched', async () => {
    const { sync3, submits } = await clientOf(cooperative);
    let taken = 0;
    function* source() {
      for (;;) {
        taken++;
        yield sampleJob;
      }
    }
    const outcomes = sync3.lipsync.runAll(source(), { concurrency: 3 });
    await outcomes.next();
    // The three, and one in place of that whose outcome was fetched.
    await expect.poll(submits).toBeGreaterThanOrEqual(4);
    // A consumer that does not come back: the source must not be drained meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(taken).toBeLessThanOrEqual(4);
    expect(submits()).toBe(taken);
    await outcomes.return();
  });

  test.each([0, -1, Number.NaN])('is a number from 1, not %f', async (concurrency) => {
    const { sync3 } = await clientOf(cooperative);
    await expect(sync3.lipsync.runAll([sampleJob], { concurrency }).next()).rejects.toThrow(
      'concurrency must be at least 1',
    );
  });
});

test('a slow source does not hold back outcomes that have settled', async () => {
  const { sync3 } = await clientOf(cooperative);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  async function* source() {
    yield sampleJob;
    await held;
    yield sampleJob;
  }
  const outcomes = sync3.lipsync.runAll(source());
  expect(await outcomes.next()).toMatchObject({ value: { index: 0, ok: true } });
  release();
  expect(await outcomes.next()).toMatchObject({ value: { index: 1, ok: true } });
  expect((await outcomes.next()).done).toBe(true);
});

test('a source that fails is an error after the outcomes of the jobs it gave', async () => {
  const { sync3 } = await clientOf(cooperative);
  function* source() {
    yield sampleJob;
    yield sampleJob;
    throw new Error('The list is torn.');
  }
  const outcomes: unknown[] = [];
  const iterate = async () => {
    for await (const outcome of sync3.lipsync.runAll(source())) outcomes.push(outcome);
  };
  await expect(iterate()).rejects.toThrow('The list is torn.');
  expect(outcomes).toHaveLength(2);
});

test('an abort gives an outcome with its taskUUID for each job that was begun, then AbortError', async () => {
  const { accepted, script } = gate();
  const { sync3 } = await clientOf(script);
  const controller = new AbortController();
  const { signal } = controller;
  const outcomes: { ok: boolean; error?: unknown }[] = [];
  const iterate = async () => {
    const options = { concurrency: 3, signal };
    for await (const outcome of sync3.lipsync.runAll(jobs(10), options)) outcomes.push(outcome);
  };
  const iteration = iterate();
  await expect.poll(() => accepted).toHaveLength(3);
  controller.abort();
  await expect(iteration).rejects.toBeInstanceOf(AbortError);
  const errors = outcomes.map(({ error }) => error as AbortError);
  expect(errors.every((error) => AbortError.is(error))).toBe(true);
  expect(errors.map(({ taskUUID }) => taskUUID).sort()).toEqual([...accepted].sort());
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('an abort ends a loop that waits for its source', async () => {
  const { sync3 } = await clientOf(cooperative);
  const controller = new AbortController();
  async function* source() {
    await new Promise(() => {});
    yield sampleJob;
  }
  const next = sync3.lipsync.runAll(source(), { signal: controller.signal }).next();
  controller.abort();
  await expect(next).rejects.toBeInstanceOf(AbortError);
});

test('leaving the loop closes the source and ends the polls', async () => {
  const { script, accepted, ready } = gate();
  const { sync3, polls } = await clientOf(script);
  let isClosed = false;
  function* source() {
    try {
      for (;;) yield sampleJob;
    } finally {
      isClosed = true;
    }
  }
  const outcomes = sync3.lipsync.runAll(source(), { concurrency: 2 });
  const first = outcomes.next();
  await expect.poll(() => accepted).toHaveLength(2);
  ready.add(String(accepted[0]));
  await first;
  await outcomes.return();
  await expect.poll(() => isClosed).toBe(true);
  const before = polls();
  await new Promise((resolve) => setTimeout(resolve, 100));
  // One more may have been on its way.
  expect(polls()).toBeLessThanOrEqual(before + 1);
  expect(accepted.length).toBeLessThanOrEqual(3);
});
