import type { Queries } from '../database/database.js';
import { findBatch } from './find-batch.js';
import type { Item } from './item.js';
import { itemPages } from './item-pages.js';
import type { ItemState } from './item-state.js';

/** Which items are listed. */
export interface ListOptions {
  /** Name of the batch. @default 'default' */
  batch?: string | undefined;
  /** Only items in one of these states. @default all */
  states?: readonly ItemState[] | undefined;
}

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
  const isWanted = `batch_id = $1
    and ($2::text is null or state in (select json_array_elements_text($2::text::json)))`;
  const wanted = [batchId, states ? JSON.stringify(states) : null];
  for await (const items of itemPages(queries, isWanted, wanted)) yield* items;
}
