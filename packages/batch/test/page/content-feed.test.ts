import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ContentChange, ContentFeed } from '../../src/page/content-feed.ts';
import type { SectionReaders } from '../../src/page/read-content.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const noQueries = { query: async () => [] };

/** A feed of two sections, one of which takes long to read. */
function makeFeed(slowMs: number) {
  const reads = { counts: 0, progress: 0 };
  const readers = {
    counts: async () => ({ planned: Math.floor(++reads.counts / 5) }),
    progress: () =>
      new Promise((resolve) => setTimeout(resolve, slowMs)).then(() => [++reads.progress]),
  };
  return { reads, feed: new ContentFeed(noQueries, readers as unknown as SectionReaders) };
}

test('nothing is read while nobody watches', async () => {
  const { reads, feed } = makeFeed(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads).toEqual({ counts: 0, progress: 0 });
  const [leave, leaveToo] = [feed.watch(() => {}), feed.watch(() => {})];
  await vi.advanceTimersByTimeAsync(5_100);
  // Once for both, about once a second.
  expect(reads.counts).toBeGreaterThan(3);
  expect(reads.counts).toBeLessThan(8);
  leave();
  leaveToo();
  await vi.advanceTimersByTimeAsync(2_000);
  const { counts } = reads;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads.counts).toBe(counts);
});

test('a section that takes long is read seldom, and only changes are told', async () => {
  const { reads, feed } = makeFeed(500);
  const changes: ContentChange[] = [];
  feed.watch((change) => changes.push(change));
  await vi.advanceTimersByTimeAsync(60_000);
  // It rests for ten seconds after each half.
  expect(reads.progress).toBeGreaterThan(3);
  expect(reads.progress).toBeLessThan(7);
  expect(reads.counts).toBeGreaterThan(40);
  expect(changes.length).toBeLessThan(20);
  await Promise.all([feed.close(), vi.advanceTimersByTimeAsync(1_000)]);
});

test('a database that is away is told, and that it is back', async () => {
  const { feed } = makeFeed(0);
  const changes: ContentChange[] = [];
  feed.watch((change) => changes.push(change));
  await vi.advanceTimersByTimeAsync(100);
  const lost = new ContentFeed(noQueries, {
    counts: vi.fn().mockRejectedValueOnce(new Error('It is away.')).mockResolvedValue({}),
  } as unknown as SectionReaders);
  const told: ContentChange[] = [];
  lost.watch((change) => told.push(change));
  await vi.advanceTimersByTimeAsync(1_500);
  expect(told).toEqual([{ problem: 'It is away.' }, { problem: '' }, { content: { counts: {} } }]);
  await Promise.all([feed.close(), lost.close()]);
});
