import { randomUUID } from 'node:crypto';
import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { type DeliveredFile, type Item, type ItemError, itemColumns } from './item.js';
import { type ItemState, isLegalMove } from './item-state.js';
import { storableText } from './storable-text.js';

/** What is recorded of an item as it moves; what is absent stays as it is. */
export interface ItemChanges {
  /** USD. */
  estimatedCost?: number | undefined;
  /** USD. */
  actualCost?: number | undefined;
  files?: readonly DeliveredFile[];
  error?: ItemError | null;
  /** After so long it is looked at again, in ms. Without it nobody needs to wait. */
  nextLookInMs?: number;
  /** The API has said that it does not know the job; it takes no place there. @default false */
  isGone?: boolean;
}

/** Which item, and how whoever moves it knows it. */
export type KnownItem = Pick<Item, 'id' | 'state' | 'attempts'>;

/** As much of a message is kept in the life of an item, in characters. */
const longestMessage = 1_000;

/**
 * Moves an item to another state, provided that it is still as it was: in the same state, and not
 * taken by another worker since. Of several that try, exactly one succeeds. The move is written into
 * the item's life; costs, and how many items in a row failed alike, are kept in the row of the batch.
 * May be repeated by the database layer after a lost connection; it takes effect once.
 *
 * @returns the item as it is now; `undefined` when somebody else has moved it.
 * @throws {BatchError} no item may go from the one state to the other.
 */
export async function moveItem(
  queries: Queries,
  { id, state: from, attempts }: KnownItem,
  to: ItemState,
  changes: ItemChanges = {},
): Promise<Item | undefined> {
  assertLegal(id, from, to);
  const { estimatedCost, actualCost, files, error, nextLookInMs, isGone } = changes;
  const [item] = await queries.query<Item>(
    `with before as (
      select id as item_id, batch_id, actual_cost, submitted_at, worker_id,
        coalesce($6, estimated_cost) as estimate,
        -- By it a repetition knows what the first time has done.
        coalesce(last_move = $5, false) as is_repeated
      from sync3.item
      where id = $1 and ((state = $2 and attempts = $3) or last_move = $5)
      for update
    ),
    moved as (
      update sync3.item set
        state = $4,
        attempts = $3::integer + case when $4 = 'submitting' and $2 <> $4 then 1 else 0 end,
        last_move = $5,
        estimated_cost = before.estimate,
        actual_cost = coalesce($7, item.actual_cost),
        files = coalesce($8::text::json, files),
        error = case when $9 then $10::text::json else error end,
        updated_at = now(),
        submitted_at = case
          when $4 = 'submitted' then coalesce(item.submitted_at, now()) else item.submitted_at
        end,
        rendered_at = case when $4 = 'rendered' then coalesce(rendered_at, now()) else rendered_at end,
        settled_at = case
          when $4 in ('succeeded', 'partially-failed', 'failed') then now()
          when $4 = 'planned' then null
          else settled_at
        end,
        next_look_at = now() + make_interval(secs => $13),
        looks = case when $13 is null then 0 when is_repeated then looks else looks + 1 end,
        is_gone = $14
      from before where item.id = before.item_id
      returning ${itemColumns}
    ),
    noted as (
      insert into sync3.move (item_id, state, worker_id, code, message)
      select item_id, $4, worker_id, $11, $12 from before where not is_repeated
    ),
    change as (
      select item_id, batch_id,
        $4 = 'submitted' as is_accepted,
        $4 = 'failed' and submitted_at is null as is_refused,
        $4 = 'failed' and submitted_at is not null as has_failed,
        $4 in ('succeeded', 'partially-failed') as has_come,
        coalesce($7 - coalesce(actual_cost, 0), 0) as spent,
        case when $4 in ('succeeded', 'partially-failed', 'failed') and submitted_at is not null
            and coalesce($7, actual_cost) is null
          then coalesce(estimate, 0) else 0
        end as uncertain,
        case when $7 > 0 then $7 / nullif(estimate, 0)
          -- Of an API that names no costs, nothing more can be learned.
          when $4 in ('succeeded', 'partially-failed') and coalesce($7, actual_cost) is null then 1
        end as ratio
      from before where not is_repeated
    ),
    counted as (
      update sync3.batch set
        spent = batch.spent + change.spent,
        uncertain = batch.uncertain + change.uncertain,
        cost_ratio = greatest(cost_ratio, ratio),
        is_proven = is_proven or is_accepted,
        refused = case
          when is_accepted then '{}'
          when not is_refused or $11 = allowed_code then refused
          when refused_code = $11 then refused || item_id
          else array[item_id]
        end,
        refused_code = case
          when is_accepted then null
          when not is_refused or $11 = allowed_code then refused_code
          else $11
        end,
        failures = case
          when has_come then 0
          when not has_failed then failures
          when failure_code = $11 then failures + 1
          else 1
        end,
        failure_code = case when has_come then null when has_failed then $11 else failure_code end
      from change
      where batch.id = batch_id and (
        change.spent <> 0 or change.uncertain <> 0 or ratio > coalesce(cost_ratio, 0)
        or is_refused or has_failed
        -- Most items change nothing here, and shall not wait for each other.
        or (is_accepted and (not is_proven or refused <> '{}'))
        or (has_come and failures > 0)
      )
    )
    select * from moved`,
    [
      id,
      from,
      attempts,
      to,
      randomUUID(),
      estimatedCost ?? null,
      actualCost ?? null,
      files ? JSON.stringify(files) : null,
      error !== undefined,
      error ? JSON.stringify(error) : null,
      error ? storableText(error.code) : null,
      error ? storableText(error.message.slice(0, longestMessage)) : null,
      nextLookInMs === undefined ? null : nextLookInMs / 1000,
      isGone ?? false,
    ],
    { isIdempotent: true },
  );
  return item;
}

/** @throws {BatchError} no item may go from the one state to the other. */
export function assertLegal(id: number, from: ItemState, to: ItemState): void {
  if (isLegalMove(from, to)) return;
  throw new BatchError(`Item ${id} cannot go from "${from}" to "${to}".`);
}
