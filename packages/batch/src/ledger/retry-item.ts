import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { foldedName } from '../manifest/output-name.js';
import { type Item, itemColumns } from './item.js';
import { assertLegal } from './move-item.js';
import { taskUUIDOf } from './task-uuid.js';
import { withoutJob } from './without-job.js';

/** What a job is made of, and where its result goes. */
export type Payload = Pick<Item, 'key' | 'payloadHash' | 'parameters' | 'media' | 'output'>;

/** How an item is tried again. */
export interface RetryOptions {
  /** What the new job is made of: see `payloadOfNow`. @default as before */
  payload?: Payload;
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
  { payload = item, byRule = false, delayMs = 0 }: RetryOptions = {},
): Promise<Item | undefined> {
  assertLegal(item.id, item.state, 'planned');
  if (item.state !== 'failed') throw new BatchError(`Item "${item.key}" has not failed.`);
  // Without a job there is nothing to be paid twice, and the API is asked for the same taskUUID first.
  const retries = item.submittedAt === null ? item.retries : item.retries + 1;
  const { key, payloadHash, parameters, media, output } = payload;
  const [moved] = await queries.query<Item>(
    `with moved as (
      update sync3.item set
        ${withoutJob}, retries = $3, task_uuid = $4,
        automatic_retries = case when $11 then automatic_retries + 1 else 0 end,
        key = $5, payload_hash = $6, parameters = $7::text::json, media = $8::text::json,
        output = $9, output_folded = $10,
        next_look_at = now() + make_interval(secs => $12)
      where id = $1 and state = 'failed' and retries = $2 and attempts = $13
      returning ${itemColumns}
    ),
    noted as (insert into sync3.move (item_id, state) select id, state from moved)
    select * from moved`,
    [
      item.id,
      item.retries,
      retries,
      taskUUIDOf({ batch: item.batch, key, payloadHash, retries }),
      key,
      payloadHash,
      JSON.stringify(parameters),
      JSON.stringify(media),
      output,
      foldedName(output),
      byRule,
      delayMs > 0 ? delayMs / 1000 : null,
      item.attempts,
    ],
  );
  return moved;
}
