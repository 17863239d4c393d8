import { randomUUID } from 'node:crypto';
import {
  cancelItems,
  type Database,
  dropItems,
  itemLife,
  listItems,
  planBatch,
  retryItems,
  setPriority,
} from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { findItems, type ItemError } from '../../src/ledger/item.ts';
import { moveItem } from '../../src/ledger/move-item.ts';
import { queueItems } from '../../src/ledger/queue-items.ts';
import { takeItems } from '../../src/ledger/take-items.ts';
import { type kinds, openFresh, ruleKinds } from '../database/fresh-database.ts';
import { takePlanned } from '../ledger/take.ts';
import { clips } from '../plan/clips.ts';

/** A ledger with so many planned items, `clip-1` and so on. */
async function planned(kind: (typeof kinds)[number], count: number): Promise<Database> {
  const { database } = await openFresh(kind);
  await planBatch(clips(count), database);
  return database;
}

/** Lets the first planned items fail, each with one of the errors, after their jobs were submitted. */
async function fail(database: Database, ...errors: ItemError[]): Promise<void> {
  const taken = await takePlanned(database, errors.length);
  for (const [index, item] of taken.entries()) {
    const submitted = await moveItem(database, item, 'submitted');
    if (submitted) await moveItem(database, submitted, 'failed', { error: errors[index] ?? null });
  }
}

const error = (code: string, canRetry = true): ItemError => ({
  code,
  message: 'It went wrong \0.',
  canRetry,
});

async function states(database: Database): Promise<Record<string, string>> {
  const items = await findItems(database, 'true order by id');
  return Object.fromEntries(items.map(({ key, state }) => [key, state]));
}

async function keysOf(items: AsyncIterable<{ key: string }>): Promise<string[]> {
  const keys = [];
  for await (const { key } of items) keys.push(key);
  return keys;
}

describe.each(ruleKinds)('on %s', (kind) => {
  test('what waits is cancelled without a job, and the rest is refused with the reason', async () => {
    const database = await planned(kind, 4);
    const [taken] = await takePlanned(database, 1);
    if (taken) await moveItem(database, taken, 'submitted');
    const [next] = await findItems(database, `key = 'clip-2'`);
    await queueItems(database, [next?.id ?? 0]);
    const keys = ['clip-1', 'clip-2', 'clip-3', 'clip-9'];
    expect(await cancelItems(database, { keys })).toEqual({
      changed: 2,
      refused: [
        {
          key: 'clip-1',
          state: 'submitted',
          reason: 'Its job was submitted: the API cannot cancel it, and it is paid for.',
        },
        { key: 'clip-9', state: undefined, reason: 'There is no such item.' },
      ],
    });
    expect(await states(database)).toEqual({
      'clip-1': 'submitted',
      'clip-2': 'failed',
      'clip-3': 'failed',
      'clip-4': 'planned',
    });
    // A worker that was about to take the queued one gets nothing.
    expect(await takeItems(database, [next?.id ?? 0], randomUUID())).toEqual([]);
    const { item, moves } = await itemLife(database, 'default', 'clip-2');
    expect(item.error).toMatchObject({ code: 'cancelled', canRetry: false });
    expect(moves.map(({ state, code }) => [state, code])).toEqual([
      ['planned', null],
      ['queued', null],
      ['failed', 'cancelled'],
    ]);
  });

  test('without keys all that waits is cancelled, however much it is', async () => {
    const database = await planned(kind, 1_100);
    await takePlanned(database, 1);
    expect(await cancelItems(database)).toEqual({ changed: 1_099, refused: [] });
    expect(await cancelItems(database)).toEqual({ changed: 0, refused: [] });
  });

  test('items that are waiting or settled are dropped with their life; one under way is refused', async () => {
    const database = await planned(kind, 4);
    await fail(database, error('timeout'));
    await takePlanned(database, 1);
    const { changed, refused } = await dropItems(database, {
      keys: ['clip-1', 'clip-2', 'clip-3'],
    });
    expect(changed).toBe(2);
    expect(refused).toMatchObject([{ key: 'clip-2', state: 'submitting' }]);
    expect(await states(database)).toEqual({ 'clip-2': 'submitting', 'clip-4': 'planned' });
    const lives = await database.query('select distinct item_id from sync3.move');
    expect(lives).toHaveLength(1);
    await expect(dropItems(database, {})).rejects.toThrow('Name the items');
  });

  test('failed items are planned again by code; those that cannot succeed only by their key', async () => {
    const database = await planned(kind, 5);
    await fail(database, error('busy'), error('busy', false), error('timeout'));
    const before = await findItems(database, `key = 'clip-1'`);
    expect(await retryItems(database, { code: 'busy' })).toEqual({ changed: 1, refused: [] });
    const [after] = await findItems(database, `key = 'clip-1'`);
    expect(after).toMatchObject({ state: 'planned', retries: 1 });
    expect(after?.taskUUID).not.toBe(before[0]?.taskUUID);
    const { changed, refused } = await retryItems(database, { keys: ['clip-2', 'clip-4'] });
    expect(changed).toBe(1);
    expect(refused).toMatchObject([{ key: 'clip-4', state: 'planned' }]);
    expect(await retryItems(database)).toEqual({ changed: 1, refused: [] });
  });

  test('an item whose job may exist is never planned again', async () => {
    const database = await planned(kind, 2);
    const [first, second] = await takePlanned(database, 2);
    if (first) await moveItem(database, first, 'ambiguous', { error: error('timeout') });
    if (second) await moveItem(database, second, 'submitted');
    const { changed, refused } = await retryItems(database, { keys: ['clip-1', 'clip-2'] });
    expect(changed).toBe(0);
    expect(refused.map(({ state }) => state)).toEqual(['ambiguous', 'submitted']);
  });

  test('a priority is given to what waits', async () => {
    const database = await planned(kind, 3);
    await takePlanned(database, 1);
    const summary = await setPriority(database, { keys: ['clip-1', 'clip-3'] }, 7);
    expect(summary.changed).toBe(1);
    expect(summary.refused).toMatchObject([
      { key: 'clip-1', reason: 'A worker has begun it already.' },
    ]);
    const [item] = await findItems(database, `key = 'clip-3'`);
    expect(item?.priority).toBe(7);
    await expect(setPriority(database, {}, 0.5)).rejects.toThrow('whole number');
  });

  test('items are listed by code, by a text in their key or output, and page by page', async () => {
    const database = await planned(kind, 12);
    await fail(database, error('busy'), error('timeout'), error('busy'));
    expect(await keysOf(listItems(database, { code: 'busy' }))).toEqual(['clip-1', 'clip-3']);
    expect(await keysOf(listItems(database, { search: 'CLIP-12' }))).toEqual(['clip-12']);
    expect(await keysOf(listItems(database, { search: '12' }))).toEqual(['clip-12']);
    expect(await keysOf(listItems(database, { search: '%' }))).toEqual([]);
    const failed = ['failed'] as const;
    const [first] = await findItems(database, `key = 'clip-1'`);
    const page = listItems(database, { states: failed, limit: 1, after: first?.id });
    expect(await keysOf(page)).toEqual(['clip-2']);
    expect(await keysOf(listItems(database, { states: failed, limit: 0 }))).toEqual([]);
  });
});
