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
