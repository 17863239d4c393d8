import { listItems, planBatch } from '@sync3/batch';
import { expect, test } from 'vitest';
import { openFresh, ruleKinds } from '../database/fresh-database.ts';
import { clip, clips } from '../plan/clips.ts';
import { takePlanned } from './take.ts';

test.each(ruleKinds)(
  'on %s the items of a batch are listed in their order, also by state',
  async (kind) => {
    const { database } = await openFresh(kind);
    await planBatch(clips(1_100), database);
    await planBatch([clip(1)], database, { batch: 'another' });
    await takePlanned(database, 3);
    const keys = [];
    for await (const { key } of listItems(database)) keys.push(key);
    expect(keys).toEqual(Array.from({ length: 1_100 }, (_, index) => `clip-${index + 1}`));
    const taken = [];
    for await (const { key } of listItems(database, { states: ['submitting', 'failed'] })) {
      taken.push(key);
    }
    expect(taken).toEqual(['clip-1', 'clip-2', 'clip-3']);
    await expect(listItems(database, { batch: 'none' }).next()).rejects.toThrow('no batch "none"');
  },
);
