import { setTimeout as sleep } from 'node:timers/promises';
import { type BatchItem, type LineProblem, openDatabase, planBatch } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { findItems } from '../../src/ledger/item.ts';
import { openFresh, ruleKinds } from '../database/fresh-database.ts';
import { clip, clips } from './clips.ts';

describe.each(ruleKinds)('on %s', (kind) => {
  test('items of any iterable are planned, in order, with what follows from them', async () => {
    const { database } = await openFresh(kind);
    async function* later(): AsyncGenerator<BatchItem> {
      for (const item of clips(1203)) {
        if (item.key === 'clip-600') await sleep(1);
        yield item;
      }
    }
    expect(await planBatch(later(), database)).toEqual({
      planned: 1203,
      changed: 0,
      dropped: 0,
      known: 0,
      repeated: 0,
      invalid: 0,
      warnings: 0,
    });
    const items = await findItems(database, 'true order by id');
    expect(items.map(({ line }) => line)).toEqual(items.map((_, index) => index + 1));
    expect(items[0]).toMatchObject({
      batch: 'default',
      source: 'a program',
      line: 1,
      key: 'clip-1',
      state: 'planned',
      attempts: 0,
      output: 'clip-1.mp4',
      parameters: clip(1).params,
    });
  });

  test('the same item again is known, and stays as it is', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(3), database);
    const before = await findItems(database, 'true order by id');
    const again = await planBatch([...clips(4), clip(4), clip(1)], database);
    expect(again).toMatchObject({ planned: 1, known: 3, repeated: 2 });
    expect(await findItems(database, 'line < 4 order by id')).toEqual(before);
  });

  test('an item keeps its name when the API gives another format by default', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(2), database);
    // As an earlier version named it, whose document had another default.
    await database.query(
      `update sync3.item set output = 'clip-1.webm', output_folded = 'clip-1.webm' where line = 1`,
    );
    const before = await findItems(database, 'true order by id');
    expect(await planBatch(clips(2), database)).toMatchObject({ planned: 0, known: 2 });
    expect(await findItems(database, 'true order by id')).toEqual(before);
  });

  test('the same item of another batch is another job', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(1), database);
    await planBatch(clips(1), database, { batch: 'again' });
    const items = await findItems(database, 'true');
    expect(new Set(items.map(({ taskUUID }) => taskUUID)).size).toBe(2);
    expect(new Set(items.map(({ payloadHash }) => payloadHash)).size).toBe(1);
  });

  test('a key with other parameters is an error that names both lines', async () => {
    const { database } = await openFresh(kind);
    const items = [clip(1), clip(2), clip(3, { key: 'clip-1' })];
    const planning = planBatch(items, database);
    await expect(planning).rejects.toMatchObject({
      name: 'ManifestError',
      problems: [
        {
          line: 3,
          pointer: '/key',
          reason: 'The key "clip-1" has other parameters in line 1. Give it another key.',
        },
      ],
    });
    await expect(planning).rejects.toThrow(
      'A line is wrong; nothing was planned.\n  line 3, /key: The key "clip-1"',
    );
    expect(await findItems(database, 'true')).toEqual([]);
  });

  test('an output of two items is an error, also when only the case differs', async () => {
    const { database } = await openFresh(kind);
    const items = [
      clip(1, { output: 'Été/Clip' }),
      clip(2, { output: 'e\u0301te\u0301/clip.MP4' }),
    ];
    await expect(planBatch(items, database)).rejects.toThrow(
      'line 2, /output: The output "e\u0301te\u0301/clip.MP4" is also that of line 1.',
    );
  });

  test('lines that are wrong stop everything, all named up to a bound', async () => {
    const { database } = await openFresh(kind);
    const wrong = { inputs: { video: 'https://example.com/a.mp4' } } as never;
    const items = clips(60).map((item, index) => (index % 2 ? { ...item, params: wrong } : item));
    const error = await planBatch(items, database, { longestReport: 7 }).catch((thrown) => thrown);
    expect(error.message).toMatch(
      /^7 lines are wrong; nothing was planned. The rest was not looked at./,
    );
    expect(error.problems.map(({ line }: LineProblem) => line)).toEqual([2, 4, 6, 8, 10, 12, 14]);
    const all = await planBatch(items, database, { longestReport: 100 }).catch((thrown) => thrown);
    expect(all.problems).toHaveLength(30);
    expect(all.message).not.toContain('The rest');
    expect(await findItems(database, 'true')).toEqual([]);
  });

  test('lines that are wrong are set aside on request', async () => {
    const { database } = await openFresh(kind);
    const problems: LineProblem[] = [];
    const items = [
      clip(1),
      { params: 'no parameters' } as never,
      undefined as never,
      clip(1, { key: 'x', output: '../x' }),
      clip(5, { key: 'clip-1' }),
      clip(6),
    ];
    const summary = await planBatch(items, database, {
      skipInvalid: true,
      onProblem: (problem) => problems.push(problem),
    });
    expect(summary).toMatchObject({ planned: 2, invalid: 4 });
    expect(problems.map(({ line, pointer }) => `${line}${pointer}`)).toEqual([
      '2',
      '3',
      '4/output',
      '5/key',
    ]);
    expect((await findItems(database, 'true order by id')).map(({ line }) => line)).toEqual([1, 6]);
  });

  test('warnings are told and stop nothing', async () => {
    const { database } = await openFresh(kind);
    const problems: LineProblem[] = [];
    const item = clip(1);
    const inputs = { ...item.params.inputs, video: 'http://localhost/clip.mp4' };
    const params = { ...item.params, inputs } as BatchItem['params'];
    const summary = await planBatch([{ ...item, params }], database, {
      onProblem: (problem) => problems.push(problem),
    });
    expect(summary).toMatchObject({ planned: 1, invalid: 0, warnings: 1 });
    expect(problems).toEqual([
      expect.objectContaining({ pointer: '/inputs/video', severity: 'warning' }),
    ]);
  });

  test('an iterable that fails, or a signal, leaves nothing', async () => {
    const { database } = await openFresh(kind);
    function* failing() {
      yield* clips(1100);
      throw new Error('no more');
    }
    await expect(planBatch(failing(), database)).rejects.toThrow('no more');
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('enough'));
    const { signal } = controller;
    await expect(planBatch(clips(1100), database, { onProgress, signal })).rejects.toThrow(
      'enough',
    );
    expect(await findItems(database, 'true')).toEqual([]);
    expect(await planBatch(clips(1), database)).toMatchObject({ planned: 1 });
  });

  test('texts with characters that databases dislike come back as they were', async () => {
    const { database } = await openFresh(kind);
    const text = 'null \0, half \ud800, quote \' " \\, 😀 \u2028';
    const params = { inputs: { video: 'https://example.com/1.mp4' }, speech: { text } };
    await planBatch([{ params }], database);
    const [item] = await findItems(database, 'true');
    expect(item?.parameters).toEqual(params);
    expect(item?.key).toBe(item?.payloadHash);
    expect(item?.output).toBe(`${item?.key}.mp4`);
  });
});

test('of two that plan the same batch at the same time, one is told to wait', async () => {
  const { database, options } = await openFresh('postgres');
  const other = await openDatabase(options);
  async function* slow(): AsyncGenerator<BatchItem> {
    yield clip(1);
    await expect(planBatch(clips(2), other)).rejects.toMatchObject({
      name: 'BatchError',
      retryable: true,
      message: expect.stringContaining('Another process is planning the batch "default"'),
    });
    expect(await planBatch(clips(2), other, { batch: 'another' })).toMatchObject({ planned: 2 });
    yield clip(2);
  }
  expect(await planBatch(slow(), database)).toMatchObject({ planned: 2 });
  await other.close();
});
