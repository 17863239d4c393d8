import { countItems, planBatch } from '@sync3/batch';
import { describe, expect, test } from 'vitest';
import { openFresh, ruleKinds } from '../database/fresh-database.ts';
import { clips } from '../plan/clips.ts';

describe.each(ruleKinds)('on %s', (kind) => {
  test('items are counted by state, and costs added up to the cent', async () => {
    const { database } = await openFresh(kind);
    await planBatch(clips(30), database);
    await planBatch(clips(5), database, { batch: 'another' });
    await database.query(
      `update sync3.item set state = 'succeeded', estimated_cost = 0.1, actual_cost = 0.2
      where batch_id = (select id from sync3.batch where name = 'default') and line <= 3`,
    );
    expect(await countItems(database, 'default')).toEqual({
      total: 30,
      byState: {
        planned: 27,
        queued: 0,
        submitting: 0,
        submitted: 0,
        rendered: 0,
        succeeded: 3,
        'partially-failed': 0,
        failed: 0,
        ambiguous: 0,
      },
      estimatedCost: 0.3,
      actualCost: 0.6,
    });
    expect(await countItems(database, 'nobody knows it')).toMatchObject({
      total: 0,
      actualCost: 0,
    });
  });
});
