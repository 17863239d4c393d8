import { join } from 'node:path';
import { openDatabase, workOnBatch } from '@sync3/batch';
import { startMockServer } from '@sync3/mock-server';
import { type LipsyncParams, Sync3 } from '@sync3/sdk';
import { expect, onTestFinished, test } from 'vitest';
import { findItems } from '../../../src/ledger/item.ts';
import { kinds, temporaryFolder } from '../../database/fresh-database.ts';
import { clientOf, inlineInputs } from '../../work/scene.ts';
import { makeVersion1, openAsIs } from './make-version-1.ts';

/** How version 1 has left an item: what it has recorded, and whether the API has its job. */
const left = {
  planned: { changes: '', job: 'none', becomes: 'planned' },
  released: { changes: 'released_at = now()', job: 'none', becomes: 'queued' },
  'being submitted': {
    changes: `state = 'submitting', released_at = now(), attempts = 1`,
    job: 'none',
    becomes: 'submitting',
  },
  'just submitted': {
    changes: `state = 'submitting', released_at = now(), attempts = 1`,
    job: 'running',
    becomes: 'submitting',
  },
  submitted: {
    changes: `state = 'submitted', released_at = now(), submitted_at = now(), attempts = 1,
      estimated_cost = 0.02`,
    job: 'running',
    becomes: 'submitted',
  },
  finished: {
    changes: `state = 'submitted', released_at = now(), submitted_at = now(), attempts = 1,
      rendered_at = now(), estimated_cost = 0.02, actual_cost = 0.024`,
    job: 'finished',
    becomes: 'rendered',
  },
  'set aside': {
    changes: `state = 'submitted', submitted_at = now(), attempts = 1, rendered_at = now(),
      actual_cost = 0.024, error = '{"code":"DeliveryError","message":"No room \\\\u0000."}'`,
    job: 'finished',
    becomes: 'rendered',
  },
  unclear: {
    changes: `state = 'ambiguous', attempts = 1, error = '{"code":"ConnectionError","message":"No."}'`,
    job: 'running',
    becomes: 'ambiguous',
  },
} as const;

test.each(kinds)(
  'on %s a batch of version 1 goes on where it was, and nothing is paid twice',
  async (kind) => {
    const mock = await startMockServer({ jobDurationMs: 100 });
    onTestFinished(() => mock.close());
    const sync3 = new Sync3(clientOf(mock));
    const where = await makeVersion1(kind);
    const old = await openAsIs(where);
    await old.query(`delete from sync3.item where batch_id <> 1 or key = 'succeeded'`);
    await old.query(
      `update sync3.item set parameters = $1::text::json, media = '[]', state = 'planned',
      attempts = 0, released_at = null`,
      [JSON.stringify({ inputs: inlineInputs })],
    );
    const rows = await old.query<{ id: number; uuid: string; parameters: object }>(
      'select id, task_uuid::text as uuid, parameters from sync3.item order by id',
    );
    const items = Object.values(left).map((how, index) => ({ ...how, ...rows[index] }));
    for (const { id, uuid, parameters, changes, job } of items) {
      if (changes) await old.query(`update sync3.item set ${changes} where id = ${id}`);
      if (job === 'none') continue;
      const params = {
        ...parameters,
        taskUUID: uuid,
        includeCost: true,
      } as unknown as LipsyncParams;
      const task = await sync3.lipsync.submit(params, { isNew: true });
      if (job === 'finished') await task.wait();
    }
    await old.close();

    const database = await openDatabase(where);
    onTestFinished(() => database.close());
    const migrated = await findItems(database, 'true order by id');
    expect(migrated.map(({ state }) => state)).toEqual(items.map(({ becomes }) => becomes));
    const [batch] = await database.query(
      'select spent, uncertain, cost_ratio from sync3.batch where id = 1',
    );
    expect(batch).toEqual({ spent: 0.048, uncertain: 0, cost_ratio: 1.2 });
    const summary = await workOnBatch(database, {
      outputDirectory: join(temporaryFolder(), 'output'),
      client: clientOf(mock),
    });
    expect(summary).toMatchObject({ ending: 'complete', counts: { byState: { succeeded: 8 } } });
    expect(mock.stats).toMatchObject({ submits: 8, charged: 8, succeeded: 8 });
    expect(new Set(mock.tasks.map(({ taskUUID }) => taskUUID)).size).toBe(8);
  },
);
