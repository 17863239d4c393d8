import { expect, onTestFinished, test } from 'vitest';
import { kinds } from '../database/fresh-database.ts';
import { openScene, until } from './scene.ts';

/** Sets the clock of this machine, which is also that of PGlite, back by an hour, until the test ends. */
function setBack(): void {
  const now = Date.now;
  Date.now = () => now() - 3_600_000;
  onTestFinished(() => {
    Date.now = now;
  });
}

/** A clock of the API that nobody sets. */
const steady = () => performance.timeOrigin + performance.now();

test.each(kinds)('a clock that is set back in mid-run holds up no item, on %s', async (kind) => {
  const scene = await openScene(kind, { now: steady });
  await scene.plan(8);
  const working = scene.work({ limits: { concurrency: 4, submitsPerSecond: 4 } });
  await until(() => scene.mock.tasks.length >= 3);
  setBack();
  expect(await working).toMatchObject({
    ending: 'complete',
    counts: { byState: { succeeded: 8, ambiguous: 0 } },
  });
  expect(scene.mock.stats).toMatchObject({ charged: 8, violations: 0 });
});

test.each(kinds)(
  'a clock that is set back leaves a worker open to its signal, on %s',
  async (kind) => {
    const scene = await openScene(kind, { now: steady, jobDurationMs: 3_600_000 });
    await scene.plan(2);
    const controller = new AbortController();
    const working = scene.work({ signal: controller.signal });
    await until(() => scene.mock.tasks.length === 2);
    setBack();
    const told = scene.events.length;
    // It goes on looking: it tells how far it is.
    await until(() => scene.events.length > told);
    controller.abort();
    expect(await working).toMatchObject({ ending: 'stopped' });
  },
);
