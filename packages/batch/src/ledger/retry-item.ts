import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { foldedName } from '../manifest/output-name.js';
import { type Item, itemColumns } from './item.js';
import { assertLegal } from './move-item.js';
import { taskUUIDOf } from './task-uuid.js';

/** What a job is made of, and where its result goes. */
export type Payload = Pick<Item, 'key' | 'payloadHash' | 'parameters' | 'media' | 'output'>;

/**
 * Plans an item that has failed once more. It becomes a new job with a new taskUUID, which is paid
 * for. What the old job has cost, or may have, stays in the row of the batch.
 *
 * @param payload of the new job, where that differs: see `payloadOfNow`.
 * @returns the item as it is now; `undefined` when somebody else has moved it.
 * @throws {BatchError} the item has not failed.
 */
export async function retryItem(
  queries: Queries,
  item: Item,
  payload: Payload = item,
): Promise<Item | undefined> {
  assertLegal(item.id, item.state, 'planned');
  if (item.state !== 'failed') throw new BatchError(`Item "${item.key}" has not failed.`);
  const retries = item.retries + 1;
  const { key, payloadHash, parameters, media, output } = payload;
  const [moved] = await queries.query<Item>(
    `with moved as (
      update sync3.item set
        state = 'planned', retries = $3, task_uuid = $4, automatic_retries = 0,
        key = $5, payload_hash = $6, parameters = $7::text::json, media = $8::text::json,
        output = $9, output_folded = $10,
        error = null, files = '[]', estimated_cost = null, actual_cost = null,
        queued_at = null, submitted_at = null, rendered_at = null, settled_at = null,
        next_look_at = null, looks = 0, last_move = null, sent_constants = null, updated_at = now()
      where id = $1 and state = 'failed' and retries = $2
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
    ],
  );
  return moved;
}
