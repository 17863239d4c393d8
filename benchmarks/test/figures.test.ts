import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fal, subjects, sync3 } from '../clients/subjects.ts';
import { runBatch } from '../figures/batch-throughput.ts';
import { weigh } from '../figures/bundle-size.ts';
import { measureCalls } from '../figures/call-overhead.ts';
import { runJobs } from '../figures/concurrent-jobs.ts';
import { download, sparseFile, upload } from '../figures/file-transfer.ts';
import { processTime } from '../figures/import-time.ts';
import { measureValidator } from '../figures/validation.ts';

test.each(subjects)('the program of $title is bundled and compressed', async (subject) => {
  const { minified, gzipped } = await weigh(subject);
  expect(gzipped).toBeGreaterThan(0);
  expect(minified).toBeGreaterThan(gzipped);
});

test('a bundle without a dependency is no bigger', async () => {
  const [whole, part] = await Promise.all([weigh(sync3), weigh(sync3, ['@sync3/generated'])]);
  expect(part.minified).toBeLessThanOrEqual(whole.minified);
});

test('a package that is not there has no import time', () => {
  expect(processTime('@sync3/sdk')).toBeGreaterThan(0);
  expect(() => processTime('@sync3/absent')).toThrow('@sync3/absent cannot be imported');
});

// The script fails when a validator gives a wrong verdict.
test.each(['sync3', 'ajv', 'ajvFirst'] as const)('%s judges all tasks rightly', async (name) => {
  const times = await measureValidator(name, 1);
  for (const value of Object.values(times)) expect(value).toBeGreaterThan(0);
});

test('jobs at once are measured in a process of their own', async () => {
  const { failures, delays, requests, polls, cpu, pollingCpu } = await runJobs(sync3, [50, 100]);
  expect(failures).toEqual([]);
  expect(delays).toHaveLength(2);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
  // Both are submitted in one request.
  expect(requests).toBe(polls + 1);
  expect(cpu).toBeGreaterThan(pollingCpu ?? Infinity);
});

test('calls are measured in a process of their own', async () => {
  const { wall, cpu } = await measureCalls(sync3, 20);
  expect(wall).toBeGreaterThan(0);
  expect(cpu).toBeGreaterThan(0);
});

test('transfers are measured in processes of their own, and what cannot be done is said', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sync3-benchmarks-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const size = 2 ** 20;
  const path = await sparseFile(folder, size);
  const transfer = { peakMemory: expect.any(Number), bytesPerSecond: expect.any(Number) };
  const target = join(folder, 'downloaded.mp4');
  expect(await upload(sync3, path, size)).toEqual(transfer);
  expect(await download(sync3, target, size)).toEqual(transfer);
  expect(await download(fal, target, size)).toBe('no means');
  expect(await upload(sync3, join(folder, 'absent.mp4'), size)).toMatch(/^fails: .*absent/);
});

test.each(['batch', 'p-limit', 'bullmq'] as const)(
  'a batch is delivered by %s with two workers, and its throughput measured',
  async (kind) => {
    const result = await runBatch({ kind, workers: 2, title: kind }, 4);
    if (kind === 'bullmq' && typeof result === 'string') {
      expect(result).toBe('Redis is not installed');
    } else {
      expect(result).toEqual({
        jobsPerSecond: expect.any(Number),
        cpuMsPerJob: expect.any(Number),
      });
    }
  },
);
