import { startMockServer } from '@sync3/mock-server';
import { expect, onTestFinished, test } from 'vitest';
import { clientOf, openScene, until } from './scene.ts';

/** A batch whose worker was stopped when the API had accepted its two jobs, which take an hour. */
async function openSubmitted() {
  const scene = await openScene('postgres', { jobDurationMs: 3_600_000 });
  await scene.plan(2);
  const stop = new AbortController();
  const run = scene.work({ signal: stop.signal });
  await until(async () => (await scene.items()).every(({ state }) => state === 'submitted'));
  stop.abort();
  await run;
  const warnings = () => scene.events.filter(({ event }) => event === 'warning');
  return { ...scene, warnings };
}

test('the key of another account is said at once, and nothing is submitted again', async () => {
  const { work, warnings } = await openSubmitted();
  // An account knows nothing of the jobs of another.
  const other = await startMockServer();
  onTestFinished(() => other.close());
  const stop = new AbortController();
  const resumed = work({ client: clientOf(other), signal: stop.signal });
  await until(() => warnings().length > 0);
  stop.abort();
  await resumed;
  expect(warnings()).toMatchObject([{ message: expect.stringContaining('another account') }]);
  expect(other.tasks).toHaveLength(0);
});

test('a batch that goes on with its own key is not warned', async () => {
  const { work, warnings, advance } = await openSubmitted();
  advance(3_600_000);
  expect((await work()).counts.byState.succeeded).toBe(2);
  expect(warnings()).toEqual([]);
});
