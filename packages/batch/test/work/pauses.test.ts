import { openDatabase, type PostgresOptions, planBatch } from '@sync3/batch';
import { describe, expect, onTestFinished, test } from 'vitest';
import { pauseBatch } from '../../src/work/pause-batch.ts';
import { releaseItems } from '../../src/work/release-items.ts';
import { freshDatabase } from '../database/fresh-database.ts';
import { clips } from '../plan/clips.ts';

/** A planned batch in a database whose clock stands still until it is told to go on. */
async function openBatch(items = 100, limits = 'concurrency = 100') {
  const { databaseUrl } = (await freshDatabase('postgres')) as PostgresOptions;
  // What is in the schema "clock" comes before what PostgreSQL has under the same name.
  const database = await openDatabase({
    databaseUrl: `${databaseUrl}?options=-csearch_path%3Dclock,pg_catalog`,
  });
  onTestFinished(() => database.close());
  await planBatch(clips(items), database);
  await database.query('create schema clock');
  await database.query('create table clock.time as select now() as at');
  await database.query(`create function clock.now() returns timestamptz
    stable language sql as 'select at from clock.time'`);
  await database.query(`update sync3.batch set ${limits}, tokens_at = now()`);
  return {
    database,
    pause: (retryAfterMs = 0) => pauseBatch(database, 1, retryAfterMs),
    release: () => releaseItems(database, 1),
    /** So many seconds pass. */
    pass: (seconds: number) =>
      database.query('update clock.time set at = at + make_interval(secs => $1)', [seconds]),
  };
}

describe('a pause', () => {
  test('grows from 1 s to 60 s while one follows another', async () => {
    const { pause, pass } = await openBatch();
    const lengths: number[] = [];
    for (let count = 0; count < 8; count++) {
      const ms = await pause();
      lengths.push(Math.round(ms / 1000));
      await pass(ms / 1000 + 0.5);
    }
    expect(lengths).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  test('begins anew when all was well for a while', async () => {
    const { pause, pass } = await openBatch();
    await pause();
    await pass(2);
    expect(Math.round((await pause()) / 1000)).toBe(2);
    await pass(2 + 6);
    expect(Math.round((await pause()) / 1000)).toBe(1);
  });

  test('is one for all requests that were refused at the same time', async () => {
    const { database, pause, pass } = await openBatch();
    await Promise.all(Array.from({ length: 10 }, () => pause()));
    const [row] = await database.query('select pause_seconds as seconds from sync3.batch');
    expect(row).toEqual({ seconds: 1 });
    await pass(1.5);
    await Promise.all(Array.from({ length: 10 }, () => pause()));
    const [next] = await database.query('select pause_seconds as seconds from sync3.batch');
    expect(next).toEqual({ seconds: 2 });
  });

  test('lasts as long as the API asks for, where that is longer, and is never made shorter', async () => {
    const { pause } = await openBatch();
    expect(Math.round((await pause(20_000)) / 1000)).toBe(20);
    expect(Math.round((await pause(3_000)) / 1000)).toBe(20);
    expect(Math.round((await pause()) / 1000)).toBe(20);
  });
});

describe('what is released', () => {
  test('is nothing during a pause; after it at first one, then more each second, then all', async () => {
    const { database, pause, pass, release } = await openBatch(400, 'concurrency = 400');
    await pause(5_000);
    expect(await release()).toMatchObject({ ids: [], hasMore: true });
    await pass(5);
    const counts: number[] = [];
    for (let second = 0; second < 6; second++) {
      counts.push((await release()).ids.length);
      await pass(1);
    }
    // As fast as 1, 2, 4 … in a second.
    expect(counts[0]).toBe(1);
    for (const [second, count] of counts.entries()) {
      expect(count).toBeLessThanOrEqual(2 ** (second + 1));
      if (second > 0) expect(count).toBeGreaterThan(counts[second - 1] ?? 0);
    }
    await pass(10);
    const rest = 400 - counts.reduce((sum, count) => sum + count);
    expect((await release()).ids).toHaveLength(rest);
    const planned = await database.query(`select 1 from sync3.item where state = 'planned'`);
    expect(planned).toEqual([]);
  });

  test('is as much as the rate allows, and no more than that of a second at once', async () => {
    const { pass, release } = await openBatch(100, 'concurrency = 100, submits_per_second = 4');
    await pass(60);
    expect((await release()).ids).toHaveLength(4);
    expect((await release()).ids).toEqual([]);
    await pass(0.5);
    expect((await release()).ids).toHaveLength(2);
    await pass(10);
    expect((await release()).ids).toHaveLength(4);
  });

  test('is one now and then where the rate is less than one in a second', async () => {
    const { pass, release } = await openBatch(10, 'submits_per_second = 0.5');
    await pass(60);
    expect((await release()).ids).toHaveLength(1);
    await pass(1.5);
    expect((await release()).ids).toEqual([]);
    await pass(0.6);
    expect((await release()).ids).toHaveLength(1);
  });

  test('is no more than the concurrency for all who ask at the same time', async () => {
    const { database, release } = await openBatch(50, 'concurrency = 7');
    const releases = await Promise.all(Array.from({ length: 8 }, release));
    const ids = releases.flatMap((each) => each.ids);
    expect(ids).toHaveLength(7);
    expect(new Set(ids).size).toBe(7);
    await database.query(`update sync3.item set state = 'rendered' where id = $1`, [ids[0] ?? 0]);
    expect((await release()).ids).toHaveLength(1);
  });

  test('leaves room for deliveries: items that only wait for their files do not pile up', async () => {
    const { database, release } = await openBatch(100, 'concurrency = 10');
    for (let turn = 0; turn < 10; turn++) {
      await release();
      await database.query(`update sync3.item set state = 'rendered' where state = 'queued'`);
    }
    const held = await database.query(`select 1 from sync3.item where state = 'rendered'`);
    expect(held).toHaveLength(40);
  });
});

describe('after the clock of the database was set back by an hour', () => {
  test('the rate goes on as before', async () => {
    const { pass, release } = await openBatch(100, 'concurrency = 100, submits_per_second = 4');
    await pass(60);
    expect((await release()).ids).toHaveLength(4);
    await pass(-3600);
    const counts: number[] = [];
    for (let second = 0; second < 4; second++) {
      counts.push((await release()).ids.length);
      await pass(1);
    }
    expect(counts).toEqual([0, 4, 4, 4]);
  });

  test('a pause ends after a minute at the latest, also one that is made longer', async () => {
    const { pause, pass, release } = await openBatch();
    await pause(5_000);
    await pass(-3600);
    expect(await pause(2_000)).toBeLessThanOrEqual(60_000);
    await pass(-3600);
    const { ids, pausedForMs } = await release();
    expect(ids).toEqual([]);
    expect(pausedForMs).toBeLessThanOrEqual(60_000);
    await pass(60);
    expect((await release()).ids).toHaveLength(1);
  });
});
