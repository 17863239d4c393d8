import { randomUUID } from 'node:crypto';
import { planBatch } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { openFresh, ruleKinds } from '../database/fresh-database.ts';
import { clips } from '../plan/clips.ts';
import { after, begin, planItems } from './ledger-items.ts';
import { saveReport } from './saved-report.ts';

describe.each(ruleKinds)('on %s', (kind) => {
  test('it tells how many items are where, what they cost and how long they took', async () => {
    const { database } = await openFresh(kind);
    await planItems(database, [
      { state: 'planned', estimate: 0.5 },
      { state: 'planned' },
      { state: 'submitting', estimate: 0.25 },
      { state: 'submitted', submitted: 1, estimate: 0.25 },
      // The hours between the rendering and the delivery are not the job's.
      { state: 'succeeded', submitted: 0, rendered: 1, settled: 300, estimate: 0.1, cost: 0.1 },
      { state: 'succeeded', submitted: 1, rendered: 4, settled: 4, estimate: 0.1, cost: 0.3 },
      { state: 'partially-failed', submitted: 2, rendered: 7, settled: 60, cost: 0.0005 },
      { state: 'failed', submitted: 0, settled: 20, estimate: 9 },
      { state: 'ambiguous', estimate: 0.25 },
      // It was repeated: the rendering that is recorded is that of the job before.
      { state: 'succeeded', submitted: 10, rendered: 5, settled: 12, cost: 1 },
    ]);
    const { data, items, bytes, markup } = await saveReport(database, { now: after(90) });
    expect({ items, bytes }).toEqual({ items: 10, bytes: Buffer.byteLength(markup) });
    expect(data).toMatchObject({
      at: after(90).toISOString(),
      content: {
        head: { batch: 'default', held: null, sources: { names: ['a program'], total: 1 } },
        counts: {
          planned: 2,
          queued: 0,
          submitting: 1,
          submitted: 1,
          rendered: 0,
          succeeded: 3,
          'partially-failed': 1,
          failed: 1,
          ambiguous: 1,
        },
        money: {
          spent: 1.4005,
          uncertain: 9,
          reserved: 0.75,
          planned: 0.5,
          plannedUnpriced: 1,
          maxCost: null,
          wrong: { items: 1, estimated: 0.1, actual: 0.3 },
        },
        // 1, 3 and 5 minutes.
        times: { finished: 4, median: 180, longest: 300, files: 0 },
      },
    });
  });

  test('the points of the picture are where items settled, with what they cost', async () => {
    const { database } = await openFresh(kind);
    await planItems(database, [
      { state: 'succeeded', submitted: 0, settled: 15, cost: 2 },
      { state: 'failed', submitted: 0, settled: 30 },
      { state: 'succeeded', submitted: 15, settled: 60, cost: 2 },
      // Paid for, and on its way to the disk.
      { state: 'rendered', submitted: 15, rendered: 45, cost: 1 },
    ]);
    const { data } = await saveReport(database);
    const point = (minutes: number, settled: number, failed: number, cost: number) => ({
      at: after(minutes).toISOString(),
      ...{ settled, failed, cost },
    });
    expect(data.content.progress).toEqual([
      point(0, 0, 0, 0),
      point(15, 1, 0, 2),
      point(30, 2, 1, 2),
      point(45, 2, 1, 3),
      point(60, 3, 1, 5),
    ]);
  });

  test('failures stand together by their reason, the first items of each with them', async () => {
    const { database } = await openFresh(kind);
    const invalid = (key: string) => ({
      code: 'invalidVideo',
      message: `The video of "${key}" has no face, see ${randomUUID()}.`,
    });
    await planItems(database, [
      ...clips(23).map(({ key }) => ({ state: 'failed' as const, error: invalid(`${key}`) })),
      { state: 'failed', error: { code: 'internal', message: 'No more.' } },
      { state: 'failed', error: { code: 'internal', message: 'No more.' } },
      { state: 'partially-failed', error: { code: 'internal', message: 'One of two.' } },
      { state: 'failed' },
      { state: 'ambiguous', error: { code: 'TimeoutError', message: 'No answer in 60 s.' } },
      { state: 'submitted', error: { code: 'ConnectionError', message: 'It is asked again.' } },
      { state: 'submitted' },
      // Texts that databases dislike.
      { state: 'failed', error: { code: 'a\0b', message: 'null \0, half \ud800, 😀' } },
      { state: 'failed', error: '["neither", "nor"]' },
    ]);
    const { data } = await saveReport(database, { retryCommand: 'sync3 retry <all> & "x"' });
    expect(data.retryCommand).toBe('sync3 retry <all> & "x"');
    const groups = data.content.problems.map(({ state, code, message, items, examples }) => [
      ...[state, code, message, items],
      examples.map(({ key, line }) => `${key}:${line}`).join(' '),
    ]);
    const first20 = clips(20).map(({ key }, index) => `${key}:${index + 1}`);
    const told = 'The video of "\u2026" has no face, see \u2026.';
    expect(groups).toEqual([
      ['ambiguous', 'TimeoutError', 'No answer in 60 s.', 1, 'clip-28:28'],
      ['failed', 'invalidVideo', told, 23, first20.join(' ')],
      ['failed', '', '', 2, 'clip-27:27 clip-32:32'],
      ['failed', 'internal', 'No more.', 2, 'clip-24:24 clip-25:25'],
      ['failed', 'a\ufffdb', 'null \ufffd, half \ufffd, 😀', 1, 'clip-31:31'],
      ['partially-failed', 'internal', 'One of two.', 1, 'clip-26:26'],
      ['submitted', 'ConnectionError', 'It is asked again.', 1, 'clip-29:29'],
    ]);
  });

  test('of thousands of items it lists a few, and says how many there are', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(1), database);
    await database.query(
      `insert into sync3.item
        (batch_id, plan_id, line, key, payload_hash, task_uuid, parameters, media, output, output_folded)
      select batch_id, plan_id, n, 'clip-' || n, payload_hash, gen_random_uuid(), parameters, media,
        'clip-' || n || '.mp4', 'clip-' || n || '.mp4'
      from sync3.item, generate_series(2, 5000) as n`,
    );
    await database.query(
      `update sync3.item set
        state = case when line <= 3000 then 'succeeded' when line <= 4000 then 'failed' else 'ambiguous' end,
        submitted_at = $1::timestamptz + line * interval '1 second',
        settled_at = case when line <= 4000 then $1::timestamptz + line * interval '2 seconds' end,
        actual_cost = case when line <= 3000 then 0.01 end,
        files = case when line <= 3000
          then json_build_array(json_build_object('name', output, 'bytes', 1, 'sha256', 'f'))
          else '[]' end,
        error = case when line > 3000 then json_build_object(
          'code', 'wrong',
          'message', case when line <= 4000 then 'Number ' || line || ' is wrong.' else 'Not known.' end
        ) end`,
      [begin],
    );
    const { data, items, bytes } = await saveReport(database);
    const { results, problems, progress, times } = data.content;
    expect(items).toBe(5000);
    expect(bytes).toBeLessThan(400_000);
    expect(times.files).toBe(3000);
    expect(results).toHaveLength(500);
    // The newest came last.
    expect([results[0]?.key, results.at(-1)?.key]).toEqual(['clip-3000', 'clip-2501']);
    expect(problems.filter(({ state }) => state === 'failed')).toHaveLength(50);
    expect(problems.find(({ state }) => state === 'failed')).toMatchObject({ groups: 1000 });
    const [unclear] = problems.filter(({ state }) => state === 'ambiguous');
    expect(unclear).toMatchObject({ items: 1000, groups: 1 });
    expect(unclear?.examples).toHaveLength(20);
    // The bound of 300 spans is reached, with a point before them.
    expect(progress).toHaveLength(301);
    expect(progress.at(-1)).toMatchObject({ settled: 4000, failed: 1000, cost: 30 });
  });

  test('a batch without items has a report, and one that is not there is an error', async () => {
    const { database } = await openFresh(kind);
    await planBatch([], database, { batch: 'spring <1>' });
    const { data, items } = await saveReport(database, { batch: 'spring <1>' });
    expect(items).toBe(0);
    expect(data.content).toMatchObject({
      head: { batch: 'spring <1>' },
      times: { finished: 0, median: null, firstSubmit: null },
      progress: [],
      results: [],
    });
    await expect(saveReport(database, { batch: 'summer' })).rejects.toMatchObject({
      name: 'BatchError',
      message: 'There is no batch "summer" in this database. Plan one first.',
    });
  });
});
