import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MockServer } from '@sync3/mock-server';
import { test as base } from '@sync3/mock-server/vitest';
import { type Hooks, Sync3 } from '@sync3/sdk';
import { file } from '@sync3/sdk/node';
import { expect } from 'vitest';
import type { Clip } from '../dub-clips.ts';

/** Path of a sample. */
export const sample = (name: string) =>
  fileURLToPath(new URL(`../../media/${name}`, import.meta.url));

export const clip = (name: string): Clip => ({
  name,
  video: file(sample('face.mp4')),
  audio: file(sample('line-short.wav')),
});

/** A client of the mock server, as the application would make one of the API. */
export const client = (mock: MockServer, hooks: Hooks = {}) =>
  new Sync3({ baseUrl: mock.url, apiKey: 'any', polling: { minIntervalMs: 100 }, hooks });

export const test = base.extend<{
  /** An empty folder. */
  folder: string;
  /** How many jobs were paid for in this test. */
  charged: () => number;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it what a fixture needs
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'dubbed-'));
    await use(folder);
    await rm(folder, { recursive: true });
  },
  charged: [
    async ({ mock }, use) => {
      const before = mock.stats.charged;
      await use(() => mock.stats.charged - before);
      // Whatever happened: the application kept to the API, and so did the mock server.
      expect(mock.violations).toEqual([]);
    },
    { auto: true },
  ],
});
