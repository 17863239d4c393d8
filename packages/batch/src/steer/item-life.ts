import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { findBatch } from '../ledger/find-batch.js';
import { findHold, type Hold } from '../ledger/hold.js';
import { findItems, type Item } from '../ledger/item.js';
import type { ItemState } from '../ledger/item-state.js';

/** A change of an item's state, or of the worker that has it. */
export interface Move {
  at: Date;
  /** Where the item stood from then on. */
  state: ItemState;
  /** The worker that had it; `null` when none had. */
  workerId: string | null;
  /** Code of the error with which it came there, with its message. */
  code: string | null;
  message: string | null;
}

/** An item, and all that has happened to it. */
export interface ItemLife {
  item: Item;
  /** The oldest first; the first is that it was planned. */
  moves: Move[];
  /** Why no job of the batch is begun; `undefined` when it is not held. */
  held: Hold | undefined;
}

/**
 * Reads an item with its life.
 *
 * @throws {BatchError} there is no such batch or item.
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
