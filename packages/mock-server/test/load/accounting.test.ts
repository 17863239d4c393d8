import { expect, test } from 'vitest';
import { sizes } from '../sizes.ts';
import { findMiscounts } from './bounds.ts';
import { runLoad } from './run-load.ts';
import type { LoadShape } from './shape.ts';

// `load.ts` has bounds on time and memory as well.
test('under load, every job comes to its end and every result is told of once', {
  timeout: 240_000,
}, async () => {
  const shape: LoadShape = {
    tasks: sizes.loadTasks,
    resultsPerTask: 4,
    requestsPerSecond: 200,
    // On a machine that is busy with other tests requests would pile up, and come too late.
    requestsAtOnce: 50,
    submitsPerSecond: 50,
    failingEvery: 10,
    jobDurationMs: [100, 1_000],
  };
  expect(findMiscounts(shape, await runLoad(shape))).toEqual([]);
});
