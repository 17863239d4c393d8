import { randomUUID } from 'node:crypto';
import { planBatch } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { kinds, openFresh } from '../database/fresh-database.ts';
import { clips } from '../plan/clips.ts';
import { after, begin, delivered, planItems } from './ledger-items.ts';
import { readReport } from './report-text.ts';

describe.each(kinds)('on %s', (kind) => {
  test('it tells how many items are where, what they cost and how long they took', async () => {
    const { database } = await openFresh(kind);
    await planItems(database, [
      { state: 'planned', estimate: 0.5 },
      { state: 'planned' },
      { state: 'submitting', estimate: 0.25 },
      { state: 'submitted', submitted: 1, estimate: 0.25 },
      // What is known counts instead of the estimate, and a failed item will cost nothing any more.
      { state: 'succeeded', submitted: 0, rendered: 1, settled: 30, estimate: 9, cost: 0.1 },
      { state: 'succeeded', submitted: 1, settled: 4, estimate: 9, cost: 0.2 },
      { state: 'partially-failed', submitted: 2, rendered: 7, settled: 60, cost: 0.0005 },
      { state: 'failed', submitted: 0, settled: 20, estimate: 9 },
      { state: 'ambiguous', estimate: 0.25 },
      // It was repeated: the rendering that is recorded is that of the job before.
      { state: 'succeeded', submitted: 10, rendered: 5, settled: 12, cost: 1 },
    ]);
    const { text, items, bytes, markup } = await readReport(database, { now: after(90) });
    expect({ items, bytes }).toEqual({ items: 10, bytes: Buffer.byteLength(markup) });
    expect(text).toContain('Batch default As of 2026-03-01 13:30 UTC . Planned from a program .');
    for (const row of [
      'Waiting 2 20.0 %',
      'Being submitted 1 10.0 %',
      'Being made 1 10.0 %',
      'Done 3 30.0 %',
      'Partly failed 1 10.0 %',
      'Failed 1 10.0 %',
      'Unclear 1 10.0 %',
      'All 10',
      'Cost so far $1.3005 of 4 items',
      'Still to come, estimated $1.25 of 4 items',
      'Without cost or estimate 1 item',
      // 1, 2, 3 and 5 minutes.
      'Time per clip, median 2 min 30 s',
      'Time of 95 % of clips, at most 4 min 42 s',
      'Longest time of a clip 5 min 0 s',
      'Throughput 4 clips per hour in 1 h 0 min, pauses included',
    ]) {
      expect(text).toContain(row);
    }
  });

  test('the picture goes up where items settled, and the table says the same', async () => {
    const { database } = await openFresh(kind);
    await planItems(database, [
      { state: 'succeeded', submitted: 0, settled: 15, cost: 2 },
      { state: 'failed', submitted: 0, settled: 30 },
      { state: 'succeeded', submitted: 15, settled: 60, cost: 2 },
      // Paid for, and on its way to the disk.
      { state: 'submitted', submitted: 15, rendered: 45, cost: 1 },
    ]);
    const { markup, text } = await readReport(database);
    // From 64 to 808 are 60 minutes; from 252 up to 12 are 3 items, or 5 dollars.
    expect(markup).toContain('class="line settled" d="M64 252H250V172H436V92H808V12"');
    expect(markup).toContain('class="line failed" d="M64 252H436V172H808"');
    expect(markup).toContain('class="line cost" d="M64 252H250V156H622V108H808V12"');
    expect(text).toContain(
      'From 2026-03-01 12:00 UTC to 2026-03-01 13:00 UTC 3 items settled, 1 of which failed, at a cost of $5.00.',
    );
    expect(text).toContain('12:00 12:10 12:20 12:30 12:40 12:50 13:00 Items Cost Time (UTC)');
    expect(text).toContain(
      [
        'Until Settled Failed Cost',
        '2026-03-01 12:00 UTC 0 0 $0.00',
        '2026-03-01 12:15 UTC 1 0 $2.00',
        '2026-03-01 12:30 UTC 2 1 $2.00',
        '2026-03-01 12:45 UTC 2 1 $3.00',
        '2026-03-01 13:00 UTC 3 1 $5.00',
      ].join(' '),
    );
  });

  test('failures stand together by their reason, with the command that tries them again', async () => {
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
      { state: 'submitted', error: { code: 'ConnectionError', message: 'It was set aside.' } },
      { state: 'submitted' },
    ]);
    const { text, markup } = await readReport(database, {
      retryCommand: 'sync3 retry <all> & "x"',
    });
    expect(text).toContain('27 failures Failed items are tried again');
    expect(text).toContain(' with: sync3 retry <all> & "x" Copy');
    expect(text).toMatch(/ Failed: 26 .* Partly failed: 1 /);
    const keys = clips(20).map(({ key }, index) => `${key} line ${index + 1} of a program , task `);
    const [, listed = ''] = /(23 invalidVideo .*?and 3 more)/.exec(text) ?? [];
    expect(listed).toContain('23 invalidVideo The video of "\u2026" has no face, see \u2026.');
    const [, examples = ''] = listed.split('Their items ');
    expect(examples.split(/[0-9a-f-]{36} /)).toEqual([...keys, 'and 3 more']);
    expect(text).toMatch(/and 3 more 2 internal No more\. Their items clip-24 .* clip-25 /);
    expect(text).toMatch(/ 1 No reason was recorded\. Its item clip-27 /);
    expect(text).toMatch(/ 1 internal One of two\. Its item clip-26 /);
    const [, attention = ''] = /<h2 id="attention">(.*?)<\/section>/s.exec(markup) ?? [];
    expect(attention).toMatch(/Unclear: 1 .*TimeoutError.*No answer in 60 s\..*clip-28/s);
    expect(attention).toMatch(/Being made .*ConnectionError.*It was set aside\..*clip-29/s);
    expect(attention).not.toContain('clip-30');
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
    const { text, markup, items, bytes } = await readReport(database);
    expect(items).toBe(5000);
    expect(bytes).toBeLessThan(400_000);
    expect(text).toContain('3,000 results The newest 500 are shown. 500 files cannot be found');
    expect(markup.match(/<figure>/g)).toHaveLength(500);
    // The newest came last.
    expect(markup).toContain('clip-3000.mp4');
    expect(markup).toContain('clip-2501.mp4');
    expect(markup).not.toContain('clip-2500.mp4');
    expect(markup.match(/Number \d+ is wrong/g)).toHaveLength(50);
    expect(text).toContain('and 950 other reasons');
    expect(text).toMatch(/Unclear: 1,000 .*1,000 wrong Not known\. .* and 980 more/);
    const [, path = ''] = /class="line settled" d="(.*?)"/.exec(markup) ?? [];
    // The bound of 300 spans is reached, the last of which ends at the top.
    expect(path.match(/V/g)).toHaveLength(300);
    expect(path).toMatch(/H808V12$/);
    expect(text).toContain('4,000 items settled, 1,000 of which failed, at a cost of $30.00.');
    expect(markup.match(/<tr><th scope="row">2026/g)).toHaveLength(24);
  });

  test('a batch without items has a report, and one that is not there is an error', async () => {
    const { database } = await openFresh(kind);
    await planBatch([], database, { batch: 'spring <1>' });
    const { text, markup, items } = await readReport(database, { batch: 'spring <1>' });
    expect(items).toBe(0);
    expect(text).toContain('Batch spring <1>');
    expect(text).toContain('All 0');
    expect(text).toContain('Cost so far $0.00 of 0 items');
    expect(text).toContain('median not known');
    expect(text).toContain('Nothing has settled yet.');
    expect(text).toContain('0 results');
    expect(markup).not.toContain('NaN');
    await expect(readReport(database, { batch: 'summer' })).rejects.toMatchObject({
      name: 'BatchError',
      message: 'There is no batch "summer" in this database. Plan one first.',
    });
  });

  test('errors with characters that databases dislike are shown', async () => {
    const { database } = await openFresh(kind);
    await planItems(database, [
      { state: 'failed', error: { code: 'a\0b', message: 'null \0, half \ud800, 😀' } },
      { state: 'failed', error: { code: 'path', message: 'C:\\u0000\\ud800' } },
      { state: 'failed', error: '["neither", "nor"]' },
      { state: 'succeeded', settled: 1, files: [delivered('half \ud800.mp4')] },
    ]);
    const { text } = await readReport(database);
    expect(text).toContain('a\ufffdb null \ufffd, half \ufffd, 😀');
    expect(text).toContain('path C:\\');
    expect(text).toContain('No reason was recorded. Its item clip-3');
    expect(text).toContain('Not in the output folder clip-4');
  });
});
