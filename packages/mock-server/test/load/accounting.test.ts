import { expect, test } from 'vitest';
import { findMiscounts } from './bounds.ts';
import { runLoad } from './run-load.ts';
import type { LoadShape } from './shape.ts';

/**
 * As few jobs as still overlap: the first come to their end while the last are sent. A value of
 * 2,000 in `LOAD_TASKS` has this test run the large load, in under two minutes; `load.ts` does so
 * with bounds on time and memory as well.
 */
const tasks = Number(process.env['LOAD_TASKS'] ?? 100);

test('under load, every job comes to its end and every result is told of once', {
  timeout: 240_000,
}, async () => {
  const shape: LoadShape = {
    tasks,
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
