import { countRetryable, planBatch } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { moveItem } from '../../src/ledger/move-item.ts';
import type { TakenItem } from '../../src/ledger/take-items.ts';
import { openFresh, ruleKinds } from '../database/fresh-database.ts';
import { clips } from '../plan/clips.ts';
import { takePlanned } from './take.ts';

describe.each(ruleKinds)('on %s', (kind) => {
  test('failed items that may succeed are counted, whatever stands in their errors', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(3), database);
    const taken = await takePlanned(database, 3);
    const [first, second, third] = taken as [TakenItem, TakenItem, TakenItem];
    // Neither is a text for PostgreSQL, and both are legal in its JSON.
    const message = 'No room for \0, \ud800.';
    await moveItem(database, first, 'failed', {
      error: { code: 'DeliveryError', message, canRetry: true },
    });
    await moveItem(database, second, 'failed', {
      error: { code: 'ValidationError', message, canRetry: false },
    });
    await moveItem(database, third, 'submitted');
    expect(await countRetryable(database)).toBe(1);
  });
});
