import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { retry } from '../../src/delivery/retry.ts';
import { OutboundRefused } from '../../src/outbound.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const { signal } = new AbortController();

/** Lets every attempt fail, and returns how long each next one was waited for, in ms. */
async function waits(random: number): Promise<number[]> {
  vi.spyOn(Math, 'random').mockReturnValue(random);
  const times: number[] = [];
  const end = retry(async () => {
    times.push(Date.now());
    throw new Error('no');
  }, signal);
  await Promise.all([expect(end).rejects.toThrow('no'), vi.runAllTimersAsync()]);
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

test('attempts come 250 ms apart, then twice as much each time up to 8 s, and end after ten', async () => {
  expect(await waits(0)).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]);
});

test('jitter makes a wait up to twice as long, but not longer than 8 s', async () => {
  expect(await waits(0.5)).toEqual([375, 750, 1500, 3000, 6000, 8000, 8000, 8000, 8000]);
});

test('the first success ends it', async () => {
  const attempt = vi.fn().mockRejectedValueOnce(new Error('no')).mockResolvedValue('yes');
  const [result] = await Promise.all([retry(attempt, signal), vi.runAllTimersAsync()]);
  expect(result).toBe('yes');
  expect(attempt).toHaveBeenCalledTimes(2);
});

test('what is refused is not tried again', async () => {
  const attempt = vi.fn().mockRejectedValue(new OutboundRefused('elsewhere'));
  await expect(retry(attempt, signal)).rejects.toThrow('elsewhere');
  expect(attempt).toHaveBeenCalledTimes(1);
});

test('an abort ends it while it waits, and leaves no timer', async () => {
  const controller = new AbortController();
  const end = retry(() => Promise.reject(new Error('no')), controller.signal);
  const ended = expect(end).rejects.toMatchObject({ name: 'AbortError' });
  await vi.advanceTimersByTimeAsync(10);
  expect(vi.getTimerCount()).toBe(1);
  controller.abort();
  await ended;
  expect(vi.getTimerCount()).toBe(0);
});
