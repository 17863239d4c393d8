import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConnectionError, Sync3, TimeoutError } from '../../src/index.js';
import { sampleJob } from '../sample-job.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const hangs = () => new Promise<Response>(() => {});
/** Headers at once, then half a body. */
const halfBody = async () =>
  new Response(
    new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"data"')),
    }),
  );

describe('an attempt ends after timeoutMs', () => {
  test.each([
    ['without headers', hangs],
    ['with headers and half a body', halfBody],
  ])('%s', async (_, fetch) => {
    const sync3 = new Sync3({ apiKey: 'key', fetch, maxRetries: 0, timeoutMs: 5000 });
    const submit = sync3.lipsync.submit(sampleJob);
    let isSettled = false;
    const outcome = submit.catch((error) => {
      isSettled = true;
      return error;
    });
    await vi.advanceTimersByTimeAsync(4999);
    expect(isSettled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    const error = await outcome;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.taskUUID).toBeTruthy();
    expect(vi.getTimerCount()).toBe(0);
  });
});

test.each([0, -5, 0.5, Number.NaN])(
  'a wait of %d ms is refused before anything is sent',
  async (timeoutMs) => {
    const fetch = vi.fn(hangs);
    const { lipsync } = new Sync3({ apiKey: 'key', fetch });
    await expect(lipsync.run(sampleJob, { timeoutMs })).rejects.toThrow(/timeoutMs/);
    for await (const outcome of lipsync.runAll([sampleJob, sampleJob], { timeoutMs })) {
      expect(outcome.ok).toBe(false);
    }
    expect(fetch).not.toHaveBeenCalled();
  },
);

test.each<[string, (sync3: Sync3) => Promise<unknown>]>([
  ['of a submit', ({ lipsync }) => lipsync.submit(sampleJob, { timeoutMs: Infinity })],
  ['of a wait', ({ lipsync }) => lipsync.run(sampleJob, { timeoutMs: Infinity })],
  [
    'of an upload',
    ({ media }) => media.upload(new Blob(['abc']), { timeoutMs: Number.POSITIVE_INFINITY }),
  ],
  ['of a question', ({ tasks }) => tasks.status(crypto.randomUUID(), { timeoutMs: 2 ** 31 })],
])('an infinite timeout %s does not fire at once', async (_, call) => {
  const sync3 = new Sync3({ apiKey: 'key', fetch: hangs, maxRetries: 0, timeoutMs: 2 ** 40 });
  const outcome = vi.fn();
  call(sync3).catch(outcome);
  await vi.advanceTimersByTimeAsync(24 * 60 * 60 * 1000);
  expect(outcome).not.toHaveBeenCalled();
});

test('an infinite timeout of the client does not end an upload at once', async () => {
  const timeoutMs = Number.POSITIVE_INFINITY;
  const sync3 = new Sync3({ apiKey: 'key', fetch: hangs, maxRetries: 0, timeoutMs });
  const outcome = vi.fn();
  sync3.media.upload(new Blob(['abc'])).catch(outcome);
  await vi.advanceTimersByTimeAsync(24 * 60 * 60 * 1000);
  expect(outcome).not.toHaveBeenCalled();
});

test('an infinite timeout does not fire at once', async () => {
  const sync3 = new Sync3({
    apiKey: 'key',
    fetch: hangs,
    maxRetries: 0,
    timeoutMs: Number.POSITIVE_INFINITY,
  });
  const outcome = vi.fn();
  sync3.lipsync.submit(sampleJob).catch(outcome);
  await vi.advanceTimersByTimeAsync(24 * 60 * 60 * 1000);
  expect(outcome).not.toHaveBeenCalled();
});
