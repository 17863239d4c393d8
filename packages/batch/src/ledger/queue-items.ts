import type { Queries } from '../database/database.js';
import { isListed } from './item.js';
import { isUnderWay } from './item-state.js';

/** Gives planned items to the workers: they become `queued`. One that is no longer planned stays. */
export async function queueItems(queries: Queries, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await queries.query(
    `with queued as (
      update sync3.item set state = 'queued', queued_at = now(), next_look_at = null
      where ${isListed}
        and state = 'planned'
      returning id
    )
    insert into sync3.move (item_id, state) select id, 'queued' from queued order by id`,
    [JSON.stringify(ids)],
    { isIdempotent: true },
  );
}

/** Items that should be in the queue of the workers: under way, and not to be looked at later. */
export async function idsForQueue(queries: Queries, batchId: number): Promise<number[]> {
  const rows = await queries.query<{ id: number }>(
    `select id from sync3.item
    where batch_id = $1 and ${isUnderWay} and next_look_at is null order by id`,
    [batchId],
    { isIdempotent: true },
  );
  return rows.map(({ id }) => id);
}

/** A look that is further ahead was planned before the clock of the database was set back, in seconds. */
const mostSecondsAhead = 900;

/** Takes up the items whose next look is due. @returns them; they belong into the queue. */
export async function takeUpDueLooks(queries: Queries, batchId: number): Promise<number[]> {
  const rows = await queries.query<{ id: number }>(
    `update sync3.item set next_look_at = null
    where batch_id = $1 and ${isUnderWay} and (next_look_at <= now() or next_look_at > now() + make_interval(secs => $2))
    returning id`,
    [batchId, mostSecondsAhead],
  );
  return rows.map(({ id }) => id);
}

/** Takes up all items that are to be looked at later, as a run that begins looks at them at once. */
export async function takeUpAllLooks(queries: Queries, batchId: number): Promise<void> {
  await queries.query(
    `update sync3.item set next_look_at = null, looks = 0
    where batch_id = $1 and ${isUnderWay} and next_look_at is not null`,
    [batchId],
    { isIdempotent: true },
  );
}
