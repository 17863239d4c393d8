import { expect, test } from 'vitest';
import { findMiscounts } from './bounds.ts';
import { runLoad } from './run-load.ts';
import type { LoadShape } from './shape.ts';

test('under load, every job comes to its end and every result is told of once', async () => {
  const shape: LoadShape = {
    tasks: 200,
    resultsPerTask: 4,
    requestsPerSecond: 200,
    submitsPerSecond: 50,
    failingEvery: 20,
    jobDurationMs: [100, 1_000],
  };
  expect(findMiscounts(shape, await runLoad(shape))).toEqual([]);
});
