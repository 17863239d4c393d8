import { randomUUID } from 'node:crypto';
import { planBatch } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { findHold, holdBatch, releaseHold } from '../../src/ledger/hold.ts';
import { findItems } from '../../src/ledger/item.ts';
import { queueItems } from '../../src/ledger/queue-items.ts';
import { takeItems } from '../../src/ledger/take-items.ts';
import { releaseItems } from '../../src/work/release-items.ts';
import { openFresh, ruleKinds } from '../database/fresh-database.ts';
import { clips } from '../plan/clips.ts';
import { takePlanned } from './take.ts';

describe.each(ruleKinds)('on %s', (kind) => {
  test('while a batch is held nothing of it is begun, and what is under way goes on', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(5), database);
    const [submitting] = await takePlanned(database, 1);
    const ids = (await findItems(database, `state = 'planned' order by id`)).map(({ id }) => id);
    await queueItems(database, ids.slice(0, 2));
    const reason = { reason: 'failures', message: 'Half a \ud800 and a \0.', code: 'a' } as const;
    await holdBatch(database, 1, reason);
    await holdBatch(database, 1, { reason: 'credits', message: 'Too late.' });

    const held = await findHold(database, 1);
    expect(held).toMatchObject({ ...reason, message: 'Half a \ufffd and a \ufffd.' });
    expect(Date.parse(`${held?.at}`)).toBeGreaterThan(0);
    const states = async () => (await findItems(database, 'true order by id')).map((i) => i.state);
    expect(await states()).toEqual(['submitting', ...Array(4).fill('planned')]);
    expect(await releaseItems(database, 1)).toMatchObject({ ids: [], hasMore: true, held });
    // As a worker does that has read of it in the queue before.
    await queueItems(database, ids.slice(0, 1));
    const taken = await takeItems(database, [submitting?.id ?? 0, ...ids], randomUUID());
    expect(taken.map(({ id }) => id)).toEqual([submitting?.id]);

    expect(await releaseHold(database, 1)).toBe(true);
    expect(await releaseHold(database, 1)).toBe(false);
    expect(await findHold(database, 1)).toBeUndefined();
    expect((await takeItems(database, ids, randomUUID())).map(({ id }) => id)).toEqual([ids[0]]);
  });

  test('a person who holds a batch is named, whatever held it before', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(1), database);
    await holdBatch(database, 1, { reason: 'credits', message: 'No credits.' });
    await holdBatch(database, 1, { reason: 'person', message: 'Lunch.' });
    expect(await findHold(database, 1)).toMatchObject({ reason: 'person', message: 'Lunch.' });
  });
});
