import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Sync3 } from '../../src/index.js';

const taskUUID = '6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11';
const done = {
  taskUUID,
  status: 'success',
  videoUUID: 'a',
  videoURL: 'https://vm.runware.ai/v.mp4',
};
const rendering = { taskUUID, status: 'processing' };

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A client whose polls are answered by a function of the time since the start, in ms. */
function clientAnswering(answer: (ms: number) => Response | Promise<Response>) {
  const startedAt = Date.now();
  const polledAt: number[] = [];
  const fetch = async () => {
    const ms = Date.now() - startedAt;
    polledAt.push(ms);
    return answer(ms);
  };
  return {
    sync3: new Sync3({ apiKey: 'key', fetch, polling: { maxIntervalMs: 3_600_000 } }),
    polledAt,
  };
}

test('a job that finished between the last poll and the deadline is found by a last look', async () => {
  const { sync3, polledAt } = clientAnswering((ms) =>
    Response.json({ data: [ms < 99_500 ? rendering : done] }),
  );
  const wait = sync3.tasks.attach(taskUUID).wait({ timeoutMs: 100_000 });
  await vi.advanceTimersByTimeAsync(100_000);
  await expect(wait).resolves.toMatchObject({ videos: [{ videoUUID: 'a' }] });
  expect(polledAt.at(-1)).toBe(100_000);
});

test('after a sleep past the deadline, the answer that was under way does not end the wait', async () => {
  let release = (_: Response) => {};
  const { sync3, polledAt } = clientAnswering((ms) => {
    if (ms >= 60_000) return Response.json({ data: [done] });
    // Asked before the sleep, answered after it with the state of then.
    return new Promise<Response>((resolve) => {
      release = resolve;
    });
  });
  const wait = sync3.tasks.attach(taskUUID).wait({ timeoutMs: 60_000 });
  await vi.advanceTimersByTimeAsync(0);
  // The process sleeps: when it wakes, the deadline is long over.
  vi.setSystemTime(Date.now() + 3_600_000);
  release(Response.json({ data: [rendering] }));
  await vi.advanceTimersByTimeAsync(60_000);
  await expect(wait).resolves.toMatchObject({ videos: [{}] });
  expect(polledAt.length).toBeGreaterThan(1);
});

test('a last look that is not answered ends the wait after five seconds', async () => {
  const { sync3 } = clientAnswering((ms) =>
    ms < 10_000 ? Response.json({ data: [rendering] }) : new Promise<never>(() => {}),
  );
  const outcome = vi.fn();
  sync3.tasks.attach(taskUUID).wait({ timeoutMs: 10_000 }).catch(outcome);
  await vi.advanceTimersByTimeAsync(14_900);
  expect(outcome).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(outcome).toHaveBeenCalledWith(expect.objectContaining({ name: 'TaskTimeoutError' }));
  expect(vi.getTimerCount()).toBe(0);
});

test('an abort during the last look ends the wait at once', async () => {
  const { sync3 } = clientAnswering((ms) =>
    ms < 10_000 ? Response.json({ data: [rendering] }) : new Promise<never>(() => {}),
  );
  const controller = new AbortController();
  const wait = sync3.tasks
    .attach(taskUUID)
    .wait({ timeoutMs: 10_000, signal: controller.signal })
    .catch((error) => error);
  await vi.advanceTimersByTimeAsync(11_000);
  controller.abort();
  expect(await wait).toMatchObject({ name: 'AbortError', mayBeAccepted: true });
  expect(vi.getTimerCount()).toBe(0);
});

test('a wait that timed out says that every poll was refused, or else that it is still rendering', async () => {
  const refused = clientAnswering(() => new Response('<html>Bad gateway', { status: 502 }));
  const slow = clientAnswering(() => Response.json({ data: [rendering] }));
  const lost = clientAnswering(() => {
    throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  });
  const errors = [refused, slow, lost].map(({ sync3 }) =>
    sync3.tasks
      .attach(taskUUID)
      .wait({ timeoutMs: 10_000 })
      .catch((error) => error),
  );
  await vi.advanceTimersByTimeAsync(20_000);
  const [afterRefusals, whileRendering, afterLosses] = await Promise.all(errors);
  expect(afterRefusals).toMatchObject({ cause: { name: 'ServerError', status: 502 } });
  expect(afterRefusals.message).toContain('502');
  expect(whileRendering.cause).toBeUndefined();
  expect(afterLosses).toMatchObject({ cause: { name: 'ConnectionError' } });
});
