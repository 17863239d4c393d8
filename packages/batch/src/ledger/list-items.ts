import type { Queries } from '../database/database.js';
import { findBatch } from './find-batch.js';
import { findItems, type Item } from './item.js';
import type { ItemState } from './item-state.js';

/** Which items are listed. */
export interface ListOptions {
  /** Name of the batch. @default 'default' */
  batch?: string | undefined;
  /** Only items in one of these states. @default all */
  states?: readonly ItemState[] | undefined;
}

/** Items that are in memory at a time. */
const pageSize = 500;

/**
 * The items of a batch, in the order in which they were planned, each as it is when it is read.
 *
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function* listItems(
  queries: Queries,
  { batch = 'default', states }: ListOptions = {},
): AsyncGenerator<Item, void, undefined> {
  const batchId = await findBatch(queries, batch);
  for (let after = 0; ; ) {
    const items = await findItems(
      queries,
      `batch_id = $1 and id > $2
        and ($3::text is null or state in (select json_array_elements_text($3::text::json)))
      order by id limit ${pageSize}`,
      [batchId, after, states ? JSON.stringify(states) : null],
    );
    yield* items;
    const last = items.at(-1);
    if (!last) return;
    after = last.id;
  }
}
