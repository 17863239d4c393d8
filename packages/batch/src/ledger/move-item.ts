import { randomUUID } from 'node:crypto';
import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { type DeliveredFile, type Item, type ItemError, itemColumns } from './item.js';
import { type ItemState, isLegalMove } from './item-state.js';
import { taskUUIDOf } from './task-uuid.js';

/** What is recorded of an item as it moves; what is absent stays as it is. */
export interface ItemChanges {
  /** USD. */
  estimatedCost?: number;
  /** USD. */
  actualCost?: number;
  files?: readonly DeliveredFile[];
  error?: ItemError | null;
}

/** Which item, and how whoever moves it knows it. */
export type KnownItem = Pick<Item, 'id' | 'state' | 'attempts'>;

/**
 * Moves an item to another state, provided that it is still as it was: in the same state, and not
 * taken by another worker since. Of several that try, exactly one succeeds. May be repeated by the
 * database layer after a lost connection; it takes effect once.
 *
 * @returns the item as it is now; `undefined` when somebody else has moved it.
 * @throws {BatchError} no item may go from the one state to the other.
 */
export async function moveItem(
  queries: Queries,
  { id, state: from, attempts }: KnownItem,
  to: ItemState,
  { estimatedCost, actualCost, files, error }: ItemChanges = {},
): Promise<Item | undefined> {
  assertLegal(id, from, to);
  const [item] = await queries.query<Item>(
    `update sync3.item set
      state = $4,
      attempts = $3::integer + case when $4 = 'submitting' then 1 else 0 end,
      last_move = $5,
      estimated_cost = coalesce($6, estimated_cost),
      actual_cost = coalesce($7, actual_cost),
      files = coalesce($8::text::json, files),
      error = case when $9 then $10::text::json else error end,
      updated_at = now(),
      released_at = case when $4 in ('planned', 'ambiguous') then null else released_at end,
      submitted_at = case when $4 = 'submitted' then coalesce(submitted_at, now()) else submitted_at end,
      settled_at = case
        when $4 in ('succeeded', 'partially-failed', 'failed') then now()
        when $4 = 'planned' then null
        else settled_at
      end
    where id = $1 and ((state = $2 and attempts = $3) or last_move = $5)
    returning ${itemColumns}`,
    [
      id,
      from,
      attempts,
      to,
      // By it a repetition knows what the first time has done.
      randomUUID(),
      estimatedCost ?? null,
      actualCost ?? null,
      files ? JSON.stringify(files) : null,
      error !== undefined,
      error ? JSON.stringify(error) : null,
    ],
    { isIdempotent: true },
  );
  return item;
}

/**
 * Plans an item that has failed once more. It becomes a new job with a new taskUUID, which is paid
 * for; what was recorded of the old one is forgotten. An item that was never submitted has no job to
 * replace: it keeps its taskUUID, under which an earlier ledger may have submitted it.
 *
 * @returns the item as it is now; `undefined` when somebody else has moved it.
 * @throws {BatchError} the item has not failed.
 */
export async function retryItem(queries: Queries, item: Item): Promise<Item | undefined> {
  assertLegal(item.id, item.state, 'planned');
  if (item.state !== 'failed') throw new BatchError(`Item "${item.key}" has not failed.`);
  const retries = item.submittedAt === null ? item.retries : item.retries + 1;
  const [moved] = await queries.query<Item>(
    `update sync3.item set
      state = 'planned', retries = $3, task_uuid = $4, error = null, files = '[]',
      estimated_cost = null, submitted_at = null,
      settled_at = null, released_at = null, rendered_at = null, actual_cost = null, updated_at = now(),
      last_move = null, sent_constants = null
    where id = $1 and state = 'failed' and retries = $2 and attempts = $5
    returning ${itemColumns}`,
    [item.id, item.retries, retries, taskUUIDOf({ ...item, retries }), item.attempts],
  );
  return moved;
}

function assertLegal(id: number, from: ItemState, to: ItemState): void {
  if (isLegalMove(from, to)) return;
  throw new BatchError(`Item ${id} cannot go from "${from}" to "${to}".`);
}
