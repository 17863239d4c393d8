import { randomUUID } from 'node:crypto';
import { type Item, type ItemState, planBatch, type Queries } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { findItems } from '../../src/ledger/item.ts';
import { itemStates } from '../../src/ledger/item-state.ts';
import { moveItem } from '../../src/ledger/move-item.ts';
import { queueItems } from '../../src/ledger/queue-items.ts';
import { retryItem } from '../../src/ledger/retry-item.ts';
import { type TakenItem, takeItems } from '../../src/ledger/take-items.ts';
import { openFresh, ruleKinds } from '../database/fresh-database.ts';
import { clips } from '../plan/clips.ts';
import { takePlanned } from './take.ts';

/** Written out once more: nothing may be resubmitted by a slip of the pen. */
const legal: Record<ItemState, ItemState[]> = {
  planned: ['queued', 'failed'],
  queued: ['planned', 'submitting', 'failed'],
  submitting: ['submitting', 'planned', 'submitted', 'failed', 'ambiguous'],
  submitted: ['submitted', 'rendered', 'failed', 'ambiguous'],
  rendered: ['rendered', 'succeeded', 'partially-failed', 'failed', 'ambiguous'],
  ambiguous: ['ambiguous', 'planned', 'submitted', 'rendered', 'failed'],
  failed: ['planned'],
  succeeded: [],
  'partially-failed': [],
};

describe.each(ruleKinds)('on %s', (kind) => {
  test('an item may go from one state to another exactly where that is legal', async () => {
    const { database } = await openFresh(kind);
    const pairs = itemStates.flatMap((from) => itemStates.map((to) => [from, to] as const));
    await planBatch(clips(pairs.length), database);
    const items = await findItems(database, 'true order by id');
    for (const [index, [from, to]] of pairs.entries()) {
      const item = items[index] as Item;
      await database.query('update sync3.item set state = $2 where id = $1', [item.id, from]);
      const move = moveItem(database, { ...item, state: from }, to);
      if (legal[from].includes(to)) {
        expect(await move, `${from} to ${to}`).toMatchObject({ id: item.id, state: to });
      } else {
        await expect(move, `${from} to ${to}`).rejects.toThrow(
          `Item ${item.id} cannot go from "${from}" to "${to}".`,
        );
      }
    }
  });

  test('what is recorded stays until it is recorded anew', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(1), database);
    const [taken] = (await takePlanned(database, 10)) as [TakenItem];
    expect(taken).toMatchObject({ state: 'submitting', attempts: 1, submittedAt: null });
    const submitted = (await moveItem(database, taken, 'submitted', {
      estimatedCost: 0.1,
    })) as Item;
    expect(submitted).toMatchObject({ state: 'submitted', estimatedCost: 0.1, actualCost: null });
    expect(submitted.submittedAt).toBeInstanceOf(Date);
    const files = [{ name: 'clip-1.mp4', bytes: 3, sha256: 'ab' }];
    const error = {
      code: 'providerTimeout',
      message: 'The second of 2 results failed.',
      canRetry: true,
    };
    const rendered = (await moveItem(database, submitted, 'rendered', {
      actualCost: 0.123456,
    })) as Item;
    expect(rendered.renderedAt).toBeInstanceOf(Date);
    const done = await moveItem(database, rendered, 'partially-failed', {
      files,
      error,
    });
    expect(done).toMatchObject({ estimatedCost: 0.1, actualCost: 0.123456, files, error });
    expect(done?.settledAt).toBeInstanceOf(Date);
    expect(done?.submittedAt).toEqual(submitted.submittedAt);
    expect(await findItems(database, 'key = $1', ['clip-1'])).toEqual([done]);
  });

  test('of many that move the same item, one succeeds', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(1), database);
    const [item] = (await takePlanned(database, 1)) as [TakenItem];
    const moved = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        moveItem(database, item, index % 2 ? 'submitted' : 'failed'),
      ),
    );
    expect(moved.filter(Boolean)).toHaveLength(1);
  });

  test('a move that is carried out twice, as after a lost connection, takes effect once', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(1), database);
    const [item] = (await takePlanned(database, 1)) as [TakenItem];
    const twice: Queries = {
      async query(text, parameters, options) {
        expect(options).toEqual({ isIdempotent: true });
        await database.query(text, parameters, options);
        return database.query(text, parameters, options);
      },
    };
    const moved = await moveItem(twice, item, 'submitted', { estimatedCost: 1 });
    expect(moved).toMatchObject({ state: 'submitted', attempts: 1, estimatedCost: 1 });
  });

  test('who was thought dead cannot move an item that another has taken since', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(1), database);
    const [before] = (await takePlanned(database, 1)) as [TakenItem];
    await moveItem(database, before, 'planned');
    const [after] = (await takePlanned(database, 1)) as [TakenItem];
    expect(after).toMatchObject({ id: before.id, attempts: 2, taskUUID: before.taskUUID });
    expect(await moveItem(database, before, 'planned')).toBeUndefined();
    expect(await moveItem(database, after, 'submitted')).toMatchObject({ state: 'submitted' });
  });

  test('of workers that take the same items at the same time, one can record what becomes of each', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(20), database);
    const ids = (await findItems(database, 'true')).map(({ id }) => id);
    await queueItems(database, ids);
    const hands = await Promise.all(
      Array.from({ length: 5 }, () => takeItems(database, ids, randomUUID())),
    );
    expect(hands.map((hand) => hand.length)).toEqual([20, 20, 20, 20, 20]);
    const foundIn = hands.flat().map((item) => item.foundIn);
    expect(foundIn.filter((state) => state === 'queued')).toHaveLength(20);
    const moved = await Promise.all(
      hands.flat().map((item) => moveItem(database, item, 'submitted')),
    );
    expect(moved.filter(Boolean)).toHaveLength(20);
    expect(await findItems(database, `state = 'submitted'`)).toHaveLength(20);
  });

  test('an item that has settled is taken by nobody', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(2), database);
    const [item] = (await takePlanned(database, 1)) as [TakenItem];
    await moveItem(database, item, 'failed');
    expect(await takeItems(database, [item.id], randomUUID())).toEqual([]);
  });

  test('an item that failed without a job keeps its taskUUID when it is retried', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(1), database);
    const [taken] = (await takePlanned(database, 1)) as [TakenItem];
    const error = { code: 'MediaUnusableError', message: 'It is gone.', canRetry: true };
    const failed = (await moveItem(database, taken, 'failed', { error })) as Item;
    const again = await retryItem(database, failed);
    expect(again).toMatchObject({ state: 'planned', retries: 0, taskUUID: taken.taskUUID });
  });

  test('an item that failed becomes a new job when it is retried, once', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(1), database);
    const [taken] = (await takePlanned(database, 1)) as [TakenItem];
    const error = { code: 'inferenceError', message: 'It failed.', canRetry: true };
    const submitted = (await moveItem(database, taken, 'submitted')) as Item;
    const failed = (await moveItem(database, submitted, 'failed', { error })) as Item;
    const retried = await Promise.all([retryItem(database, failed), retryItem(database, failed)]);
    const [again, ...more] = retried.filter((item) => item !== undefined);
    expect(more).toEqual([]);
    expect(again).toMatchObject({ state: 'planned', retries: 1, error: null, settledAt: null });
    expect(again?.taskUUID).not.toBe(failed.taskUUID);
    expect(again?.taskUUID).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    await expect(retryItem(database, { ...failed, state: 'submitted' })).rejects.toThrow(
      'cannot go from "submitted" to "planned"',
    );
  });
});
