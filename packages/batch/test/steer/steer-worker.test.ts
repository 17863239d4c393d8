import { cancelItems, pauseBatch, planBatch, resumeBatch, setPriority } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { kinds } from '../database/fresh-database.ts';
import { openScene, tinyItem, until } from '../work/scene.ts';

/** Jobs that last until the clock of the server is set forward. */
const longMs = 3_600_000;

describe.each(kinds)('while a worker works on %s', (kind) => {
  test('another process cancels what waits; it is never submitted, and the rest is delivered', async () => {
    const scene = await openScene(kind, { jobDurationMs: longMs });
    await scene.plan(4);
    const work = scene.work({ limits: { concurrency: 1 } });
    await until(async () => (await scene.item()).state === 'submitted');
    const other = await scene.connect();
    const { changed, refused } = await cancelItems(other, { keys: ['clip-1', 'clip-2', 'clip-4'] });
    expect(changed).toBe(2);
    expect(refused).toMatchObject([{ key: 'clip-1', state: 'submitted' }]);
    scene.advance(longMs);
    await until(async () => (await scene.item('clip-3')).state === 'submitted');
    // Results are kept for as long as the clock is set forward again.
    await until(async () => (await scene.item('clip-1')).state === 'succeeded');
    scene.advance(longMs);
    const { ending, counts } = await work;
    expect(ending).toBe('complete');
    expect(counts.byState).toMatchObject({ succeeded: 2, failed: 2 });
    expect(scene.mock.stats.submits).toBe(2);
  });

  test('another process pauses the batch and lets it go on', async () => {
    const scene = await openScene(kind, { jobDurationMs: longMs });
    await scene.plan(1);
    const stop = new AbortController();
    const work = scene.work({ stay: true, signal: stop.signal });
    await until(async () => (await scene.item()).state === 'submitted');
    const other = await scene.connect();
    await pauseBatch(other);
    await planBatch([tinyItem(2)], other);
    scene.advance(longMs);
    // What is under way goes on.
    await until(async () => (await scene.item()).state === 'succeeded');
    expect((await scene.item('clip-2')).state).toBe('planned');
    expect(await resumeBatch(other)).toBe(true);
    expect(await resumeBatch(other)).toBe(false);
    await until(async () => (await scene.item('clip-2')).state === 'submitted');
    stop.abort();
    await work;
    expect(scene.mock.stats.submits).toBe(2);
  });

  test('what has the higher priority is begun first', async () => {
    const scene = await openScene(kind, { jobDurationMs: longMs });
    await scene.plan(3);
    const work = scene.work({ limits: { concurrency: 1 } });
    await until(async () => (await scene.item()).state === 'submitted');
    await setPriority(await scene.connect(), { keys: ['clip-3'] }, 1);
    for (const [last, next] of [
      ['clip-1', 'clip-3'],
      ['clip-3', 'clip-2'],
    ] as const) {
      scene.advance(longMs);
      await until(async () => (await scene.item(next)).state === 'submitted');
      await until(async () => (await scene.item(last)).state === 'succeeded');
    }
    scene.advance(longMs);
    await work;
    const { submittedAt: third } = await scene.item('clip-3');
    const { submittedAt: second } = await scene.item('clip-2');
    expect(third?.getTime()).toBeLessThan(second?.getTime() ?? 0);
  });
});
