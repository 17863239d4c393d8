import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { diskUsage } from '../measure/disk-usage.ts';
import { inTurns } from '../measure/repeat.ts';
import { seededRandom } from '../measure/seeded-random.ts';
import { mean, percentile, spread } from '../measure/statistics.ts';

test('percentiles lie between their neighbours, whatever the order', () => {
  expect(percentile([4, 1, 3, 2], 50)).toBe(2.5);
  expect(percentile([4, 1, 3, 2], 100)).toBe(4);
  expect(percentile([7], 95)).toBe(7);
});

test('a spread is the median and the extremes', () => {
  expect(spread([9, 1, 2])).toEqual({ median: 2, minimum: 1, maximum: 9 });
  expect(mean([9, 1, 2])).toBe(4);
});

test('the same seed gives the same numbers, from 0 to 1', () => {
  const [first, second, other] = [seededRandom(3), seededRandom(3), seededRandom(4)];
  const numbers = Array.from({ length: 1_000 }, first);
  expect(Array.from({ length: 1_000 }, second)).toEqual(numbers);
  expect(other()).not.toBe(numbers[0]);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(mean(numbers)).toBeCloseTo(0.5, 1);
});

test('subjects are measured in turns', async () => {
  const order: string[] = [];
  const results = await inTurns(2, ['a', 'b'], (subject) => order.push(subject));
  expect(order).toEqual(['a', 'b', 'a', 'b']);
  expect(results).toEqual([
    [1, 3],
    [2, 4],
  ]);
});

test('a file with two names is weighed once, and nothing behind a link', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sync3-benchmarks-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [weighed, other] = [join(folder, 'weighed'), join(folder, 'other')];
  for (const place of [join(weighed, 'inner'), other]) {
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'file'), Buffer.alloc(1_000_000));
  }
  await link(join(weighed, 'inner/file'), join(weighed, 'again'));
  await symlink(other, join(weighed, 'linked'));
  expect(diskUsage(weighed)).toBeGreaterThan(1_000_000);
  expect(diskUsage(weighed)).toBeLessThan(1_100_000);
  expect(diskUsage(weighed, other)).toBeGreaterThan(2_000_000);
});
