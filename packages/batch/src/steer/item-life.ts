import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { findBatch } from '../ledger/find-batch.js';
import { findHold, type Hold } from '../ledger/hold.js';
import { findItems, type Item } from '../ledger/item.js';
import type { ItemState } from '../ledger/item-state.js';

/** A change of an item's state, or of the worker that has it. */
export interface Move {
  /** When the ledger recorded the change. */
  at: Date;
  /** The item's state after the change. */
  state: ItemState;
  /** UUID of the worker that had the item after the change; `null` when none had. */
  workerId: string | null;
  /** The item's error after the change: the API's code, or the name of the error; `null` without one. */
  code: string | null;
  /** The message of that error; `null` without one. */
  message: string | null;
}

/** An item with its history. */
export interface ItemLife {
  /** The item as it is now. */
  item: Item;
  /** Its changes, oldest first; the first is that it was planned. */
  moves: Move[];
  /** Why no worker begins a job of the item's batch; `undefined` when the batch is not held. */
  held: Hold | undefined;
}

/**
 * Reads an item with its history.
 *
 * @throws {BatchError} the batch or the item does not exist.
 */
export async function itemLife(queries: Queries, batch: string, key: string): Promise<ItemLife> {
  const batchId = await findBatch(queries, batch);
  const [item] = await findItems(queries, 'batch_id = $1 and key = $2', [batchId, key]);
  if (!item) throw new BatchError(`The batch "${batch}" has no item "${key}".`);
  const moves = await queries.query<Move>(
    `select at, state, worker_id::text as "workerId", code, message
    from sync3.move where item_id = $1 order by id`,
    [item.id],
    { isIdempotent: true },
  );
  const planned: Move = {
    at: item.createdAt,
    state: 'planned',
    workerId: null,
    code: null,
    message: null,
  };
  return { item, moves: [planned, ...moves], held: await findHold(queries, batchId) };
}
