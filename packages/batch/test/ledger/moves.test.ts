import { randomUUID } from 'node:crypto';
import { type Item, planBatch, type Queries, readCosts } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { findItems } from '../../src/ledger/item.ts';
import { moveItem } from '../../src/ledger/move-item.ts';
import { takeUpDueLooks } from '../../src/ledger/queue-items.ts';
import { recordEstimate } from '../../src/ledger/record-item.ts';
import { retryItem } from '../../src/ledger/retry-item.ts';
import { type TakenItem, takeItems } from '../../src/ledger/take-items.ts';
import { releaseItems } from '../../src/work/release-items.ts';
import { openFresh, ruleKinds } from '../database/fresh-database.ts';
import { clips } from '../plan/clips.ts';
import { takePlanned } from './take.ts';

/** The life of an item, as it is kept. */
function lifeOf(queries: Queries, { id }: Item) {
  return queries.query<{ state: string; worker: string | null; code: string | null }>(
    `select state, worker_id::text as worker, code from sync3.move
    where item_id = $1 order by move.id`,
    [id],
  );
}

describe.each(ruleKinds)('on %s', (kind) => {
  test('planning writes no move, and each move of an item is kept', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(2), database);
    expect(await database.query('select 1 from sync3.move')).toEqual([]);
    const [taken] = (await takePlanned(database, 1)) as [TakenItem];
    const other = randomUUID();
    const [again] = (await takeItems(database, [taken.id], other)) as [TakenItem];
    const error = { code: 'odd \0', message: 'Odd.', canRetry: true };
    const submitted = (await moveItem(database, again, 'submitted')) as Item;
    const failed = (await moveItem(database, submitted, 'failed', { error })) as Item;
    await retryItem(database, failed);
    const worker = taken.workerId;
    expect(await lifeOf(database, taken)).toEqual([
      { state: 'queued', worker: null, code: null },
      { state: 'submitting', worker, code: null },
      { state: 'submitting', worker: other, code: null },
      { state: 'submitted', worker: other, code: null },
      { state: 'failed', worker: other, code: 'odd \ufffd' },
      { state: 'planned', worker: null, code: null },
    ]);
  });

  test('an item that is looked at later is taken by nobody before', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(1), database);
    const [taken] = (await takePlanned(database, 1)) as [TakenItem];
    const submitted = (await moveItem(database, taken, 'submitted')) as Item;
    const later = (await moveItem(database, submitted, 'submitted', {
      nextLookInMs: 300_000,
    })) as Item;
    expect(later.looks).toBe(1);
    expect(later.nextLookAt).toBeInstanceOf(Date);
    expect(await takeUpDueLooks(database, 1)).toEqual([]);
    expect(await takeItems(database, [later.id], randomUUID())).toEqual([]);
    // Its job is still at the API.
    await database.query('update sync3.batch set concurrency = 1');
    expect(await releaseItems(database, 1)).toMatchObject({ active: 0, waiting: 1, isFull: true });
    await database.query(`update sync3.item set next_look_at = now() - interval '1 second'`);
    expect(await takeUpDueLooks(database, 1)).toEqual([later.id]);
    expect(await takeItems(database, [later.id], randomUUID())).toMatchObject([
      { state: 'submitted', foundIn: 'submitted', looks: 1 },
    ]);
  });

  test('costs are kept as they change: known ones, reserved ones, and what failed jobs may have cost', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(4), database);
    const costs = () => readCosts(database, 1);
    const items = await findItems(database, 'true order by id');
    for (const item of items) await recordEstimate(database, item, 0.1);
    const taken = await takePlanned(database, 4);
    const [first, second, third, fourth] = (await Promise.all(
      taken.map((item) => moveItem(database, item, 'submitted')),
    )) as [Item, Item, Item, Item];
    expect(await costs()).toEqual({
      spent: 0,
      uncertain: 0,
      reserved: 0.4,
      ratio: null,
      unpriced: 0,
      maxCost: null,
    });
    const rendered = (await moveItem(database, first, 'rendered', { actualCost: 0.2 })) as Item;
    await moveItem(database, rendered, 'succeeded');
    const error = { code: 'inferenceError', message: 'No.', canRetry: true };
    const failed = (await moveItem(database, second, 'failed', { error })) as Item;
    await moveItem(database, third, 'failed', { error, actualCost: 0 });
    expect(await costs()).toMatchObject({ spent: 0.2, uncertain: 0.2, reserved: 0.2, ratio: 2 });
    await retryItem(database, failed);
    await moveItem(database, fourth, 'rendered', { actualCost: 0.1 });
    expect(await costs()).toMatchObject({ spent: 0.3, uncertain: 0.2, reserved: 0, ratio: 2 });
  });

  test('items of a higher priority are begun first', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(4), database);
    await database.query(`update sync3.item set priority = 5 where key = 'clip-3'`);
    await database.query(`update sync3.item set priority = -1 where key = 'clip-1'`);
    await database.query('update sync3.batch set concurrency = 3');
    const { ids } = await releaseItems(database, 1);
    const items = await findItems(database, 'true');
    const keys = ids.map((id) => items.find((item) => item.id === id)?.key);
    expect(keys).toEqual(['clip-3', 'clip-2', 'clip-4']);
  });
});
