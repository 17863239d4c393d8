import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { type Item, itemColumns } from './item.js';
import { assertLegal } from './move-item.js';
import { taskUUIDOf } from './task-uuid.js';

/** How an item is tried again. */
export interface RetryOptions {
  /** Whether a rule has asked for it, and not a person. @default false */
  byRule?: boolean;
  /** It is not begun before, in ms. @default 0 */
  delayMs?: number;
}

/**
 * Plans an item that has failed once more. It becomes a new job with a new taskUUID, which is paid
 * for. What the old job has cost, or may have, stays in the row of the batch. An item that was never
 * submitted has no job to replace: it keeps its taskUUID, under which an earlier ledger may have
 * submitted it.
 *
 * @returns the item as it is now; `undefined` when somebody else has moved it.
 * @throws {BatchError} the item has not failed.
 */
export async function retryItem(
  queries: Queries,
  item: Item,
  { byRule = false, delayMs = 0 }: RetryOptions = {},
): Promise<Item | undefined> {
  assertLegal(item.id, item.state, 'planned');
  if (item.state !== 'failed') throw new BatchError(`Item "${item.key}" has not failed.`);
  const retries = item.submittedAt === null ? item.retries : item.retries + 1;
  const [moved] = await queries.query<Item>(
    `with moved as (
      update sync3.item set
        state = 'planned', retries = $3, task_uuid = $4,
        automatic_retries = case when $5 then automatic_retries + 1 else 0 end,
        error = null, files = '[]', estimated_cost = null, actual_cost = null,
        queued_at = null, submitted_at = null, rendered_at = null, settled_at = null,
        next_look_at = now() + make_interval(secs => $6), looks = 0,
        last_move = null, sent_constants = null, updated_at = now()
      where id = $1 and state = 'failed' and retries = $2 and attempts = $7
      returning ${itemColumns}
    ),
    noted as (insert into sync3.move (item_id, state) select id, state from moved)
    select * from moved`,
    [
      item.id,
      item.retries,
      retries,
      taskUUIDOf({ ...item, retries }),
      byRule,
      delayMs > 0 ? delayMs / 1000 : null,
      item.attempts,
    ],
  );
  return moved;
}
