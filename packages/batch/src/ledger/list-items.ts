import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { findBatch } from './find-batch.js';
import type { Item } from './item.js';
import { itemPages } from './item-pages.js';
import { type ItemState, itemStates } from './item-state.js';
import { errorCode } from './readable-error.js';

/** Which items are listed. */
export interface ListOptions {
  /** Name of the batch. @default 'default' */
  batch?: string | undefined;
  /** Only items in one of these states. @default all */
  states?: readonly ItemState[] | undefined;
  /** Only items whose error has this code. */
  code?: string | undefined;
  /** Only items whose key or output holds this text, in any case, or whose line has this number. */
  search?: string | undefined;
  /** Most items. @default all */
  limit?: number | undefined;
  /** Only items after this one, by its `id`: the last of the page before. */
  after?: number | undefined;
}

/**
 * The items of a batch, in the order in which they were planned, each as it is when it is read.
 *
 * @throws {BatchError} nobody has planned such a batch, or there is no such state.
 *
 * @example
 * for await (const { key, error } of listItems(database, { states: ['failed'], limit: 20 })) {
 *   console.log(key, error?.code);
 * }
 */
export async function* listItems(
  queries: Queries,
  { batch = 'default', states, code, search, limit = Infinity, after }: ListOptions = {},
): AsyncGenerator<Item, void, undefined> {
  const batchId = await findBatch(queries, batch);
  const isWanted = `batch_id = $1 ${states ? `and ${isIn(states)}` : ''}
    and ($2::text is null or ${errorCode} = $2)
    and ($3::text is null or position(lower($3) in lower(key)) > 0
      or position(lower($3) in lower(output)) > 0 or line::text = $3)`;
  const wanted = [batchId, code ?? null, search ?? null];
  let count = 0;
  for await (const items of itemPages(queries, isWanted, wanted, { limit, after })) {
    for (const item of items) {
      yield item;
      count += 1;
      if (count >= limit) return;
    }
  }
}

/** As literals: an index of some states alone is not used for values that come later. */
function isIn(states: readonly ItemState[]): string {
  const unknown = states.find((state) => !itemStates.includes(state));
  if (unknown !== undefined) throw new BatchError(`"${unknown}" is no state of an item.`);
  return states.length === 0 ? 'false' : `state in (${states.map((one) => `'${one}'`).join(', ')})`;
}
