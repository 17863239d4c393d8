import type { Queries } from '../database/database.js';
import { type Constants, currentConstants, firstConstants } from './constants.js';
import { type DeliveredFile, type Item, type ItemError, itemColumns } from './item.js';
import type { ItemState } from './item-state.js';
import type { KnownItem } from './move-item.js';

/** An item that a worker has taken. */
export interface TakenItem extends Item {
  /** The state in which it was found. */
  foundIn: ItemState;
  /** What the SDK filled in when its job was first sent, or fills in if it was not. */
  sentConstants: Readonly<Constants>;
}

/**
 * Takes released items: whoever had them before can record nothing of them any more. One that is
 * `planned` becomes `submitting`, which is recorded before this returns, with the constants that it is
 * going to be sent with.
 *
 * @returns those that are not settled, in the order of the ledger.
 */
export async function takeItems(
  queries: Queries,
  ids: readonly number[],
  workerId: string,
): Promise<TakenItem[]> {
  const constants = JSON.stringify(currentConstants);
  const items = await queries.query<TakenItem & { sentConstants: Constants | null }>(
    `with found as (
      select id as found_id, state as found_in from sync3.item
      where id in (select value::bigint from json_array_elements_text($1::text::json))
        and settled_at is null
      order by id for update
    )
    update sync3.item set
      state = case when state = 'planned' then 'submitting' else state end,
      sent_constants = case when state = 'planned' then $3::text::json else sent_constants end,
      attempts = attempts + 1, worker_id = $2, updated_at = now(), last_move = null,
      released_at = coalesce(released_at, now())
    from found where id = found_id
    returning ${itemColumns}, found_in as "foundIn", sent_constants as "sentConstants"`,
    [
      JSON.stringify(ids),
      workerId,
      // Most rows need none of their own.
      constants === JSON.stringify(firstConstants) ? null : constants,
    ],
  );
  return items
    .map((item) => ({ ...item, sentConstants: item.sentConstants ?? firstConstants }))
    .sort((one, other) => one.id - other.id);
}

/** Items that workers should have: released, and not settled. */
export async function releasedIds(queries: Queries, batchId: number): Promise<number[]> {
  const rows = await queries.query<{ id: number }>(
    `select id from sync3.item
    where batch_id = $1 and released_at is not null and settled_at is null order by id`,
    [batchId],
    { isIdempotent: true },
  );
  return rows.map(({ id }) => id);
}

/**
 * Takes up again what an earlier run has set aside: items that are `submitting`, `submitted` or
 * `ambiguous`.
 */
export async function releaseUnsettled(queries: Queries, batchId: number): Promise<void> {
  await queries.query(
    `update sync3.item set released_at = now(), rendered_at = null
    where batch_id = $1 and released_at is null and settled_at is null and state <> 'planned'`,
    [batchId],
    { isIdempotent: true },
  );
}

const isStillThere = 'id = $1 and state = $2 and attempts = $3';

/** Records that the API has finished with a job, and what it costs in USD, when that is known. */
export async function markRendered(
  queries: Queries,
  { id, state, attempts }: KnownItem,
  actualCost: number | undefined,
): Promise<void> {
  await queries.query(
    `update sync3.item set
      rendered_at = coalesce(rendered_at, now()),
      actual_cost = coalesce($4, actual_cost),
      updated_at = now()
    where ${isStillThere}`,
    [id, state, attempts, actualCost ?? null],
    { isIdempotent: true },
  );
}

/** Sets an item aside until the next run: it stays in its state, with the reason. */
export async function setAside(
  queries: Queries,
  { id, state, attempts }: KnownItem,
  error: ItemError,
): Promise<void> {
  await queries.query(
    `update sync3.item set released_at = null, error = $4::text::json, updated_at = now()
    where ${isStillThere}`,
    [id, state, attempts, JSON.stringify(error)],
    { isIdempotent: true },
  );
}

/** Records what a job is going to cost, in USD. */
export async function recordEstimate(queries: Queries, id: number, cost: number): Promise<void> {
  await queries.query(
    `update sync3.item set estimated_cost = $2, updated_at = now() where id = $1`,
    [id, cost],
    { isIdempotent: true },
  );
}

/** Records the files of an item that were delivered once more. */
export async function recordFiles(
  queries: Queries,
  id: number,
  files: readonly DeliveredFile[],
): Promise<void> {
  await queries.query(
    `update sync3.item set files = $2::text::json, updated_at = now() where id = $1`,
    [id, JSON.stringify(files)],
    { isIdempotent: true },
  );
}
