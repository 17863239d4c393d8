import { randomUUID } from 'node:crypto';
import { findItems, type Queries, type TakenItem, takeItems } from '@sync3/batch';

/** Takes the items that are planned, as a worker of its own. */
export async function takePlanned(queries: Queries, limit: number): Promise<TakenItem[]> {
  const planned = await findItems(queries, `state = 'planned' order by id limit ${limit}`);
  return takeItems(
    queries,
    planned.map(({ id }) => id),
    randomUUID(),
  );
}
