import type { Queries } from '../database/database.js';
import { findItems, type Item } from '../ledger/item.js';
import type { ItemState } from '../ledger/item-state.js';

/** A step in the life of an item. */
export interface Move {
  at: Date;
  state: ItemState;
  code: string | null;
  message: string | null;
}

/** An item with all that has happened to it, the oldest first. */
export interface ItemLife {
  item: Item;
  moves: Move[];
}

/** Reads the life of an item; `undefined` when the batch has no such item. */
export async function readLife(
  queries: Queries,
  batchId: number,
  key: string,
): Promise<ItemLife | undefined> {
  const [item] = await findItems(queries, 'batch_id = $1 and key = $2', [batchId, key]);
  if (!item) return undefined;
  const moves: Move[] = [];
  const add = (at: Date | null, state: ItemState) => {
    if (at) moves.push({ at, state, code: null, message: null });
  };
  add(item.createdAt, 'planned');
  add(item.submittedAt, 'submitted');
  add(item.settledAt, item.state);
  return { item, moves };
}
