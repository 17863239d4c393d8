import { randomUUID } from 'node:crypto';
import type { Queries } from '@sync3/batch';
import { findItems } from '../../src/ledger/item.ts';
import { queueItems } from '../../src/ledger/queue-items.ts';
import { type TakenItem, takeItems } from '../../src/ledger/take-items.ts';

/** Takes the items that are planned, as a worker of its own. */
export async function takePlanned(queries: Queries, limit: number): Promise<TakenItem[]> {
  const planned = await findItems(queries, `state = 'planned' order by id limit ${limit}`);
  const ids = planned.map(({ id }) => id);
  await queueItems(queries, ids);
  return takeItems(queries, ids, randomUUID());
}
