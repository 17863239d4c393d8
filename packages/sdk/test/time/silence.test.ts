import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Sync3 } from '../../src/index.js';

const taskUUID = '6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11';
const video = (videoUUID: string) => ({
  taskUUID,
  status: 'success',
  videoUUID,
  videoURL: `https://vm.runware.ai/${videoUUID}.mp4`,
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A wait for three results of which one is listed; the others come after `othersAt` ms. */
function waitForThree(othersAt: number, outage: (ms: number) => Response | undefined) {
  const startedAt = Date.now();
  const fetch = async () => {
    const ms = Date.now() - startedAt;
    const ready = ms < othersAt ? [video('a')] : [video('a'), video('b'), video('c')];
    return outage(ms) ?? Response.json({ data: ready });
  };
  const settled = vi.fn();
  const wait = new Sync3({ apiKey: 'key', fetch, maxRetries: 0 }).tasks
    .attach(taskUUID, { expectedResults: 3 })
    .wait();
  wait.then(settled, settled);
  return { wait, settled };
}

test.each([
  ['the network is away', () => Promise.reject(new TypeError('fetch failed'))],
  ['a gateway answers 502', () => new Response('Bad gateway', { status: 502 })],
  ['a captive portal answers with a page', () => new Response('<html>', { status: 200 })],
  ['the API answers 429', () => Response.json({}, { status: 429 })],
])('results that come 8 s after 65 s in which %s are waited for', async (_, answer) => {
  const isOutage = (ms: number) => ms >= 5_000 && ms < 70_000;
  const { wait } = waitForThree(78_000, (ms) =>
    isOutage(ms) ? (answer() as Response) : undefined,
  );
  await vi.advanceTimersByTimeAsync(100_000);
  await expect(wait).resolves.toMatchObject({ videos: [{}, {}, {}], missing: 0 });
});

test('a minute of answers without news still ends the wait for results that are not listed', async () => {
  const { wait, settled } = waitForThree(1e9, () => undefined);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(15_000);
  await expect(wait).resolves.toMatchObject({ videos: [{}], missing: 2 });
});

test('a process that was stopped for an hour does not take that for a minute of silence', async () => {
  let offset = 0;
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + offset);
  const { wait } = waitForThree(30_000, () => undefined);
  await vi.advanceTimersByTimeAsync(10_000);
  offset = 3_600_000;
  await vi.advanceTimersByTimeAsync(40_000);
  await expect(wait).resolves.toMatchObject({ missing: 0 });
});
