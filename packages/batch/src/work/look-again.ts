import { Sync3Error } from '@sync3/sdk';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import type { Item } from '../ledger/item.js';
import type { ItemState } from '../ledger/item-state.js';
import { type ItemChanges, moveItem } from '../ledger/move-item.js';
import { mayWork } from './patience.js';
import { isAboutAccount } from './refusal.js';
import type { Worker } from './worker.js';

/** An item is looked at again after so long, in ms, twice as long each time. */
const firstDelayMs = 2_000;
const longestDelayMs = 300_000;

/**
 * Leaves an item for a later look, and says why: its job has not ended, or nobody can say what became
 * of it, or its files cannot be delivered now.
 */
export async function lookAgain(
  { database, tell }: Worker,
  item: Item,
  to: ItemState,
  reason: { code: string; message: string },
  changes: ItemChanges = {},
): Promise<void> {
  const nextLookInMs = Math.min(firstDelayMs * 2 ** item.looks, longestDelayMs);
  // Its job may be paid for, so that a new one is no way out.
  const error = { ...reason, canRetry: false };
  const moved = await moveItem(database, item, to, { ...changes, error, nextLookInMs });
  const isNews = item.error?.code !== reason.code;
  if (moved && isNews) tell({ event: 'warning', key: item.key, message: reason.message });
}

/**
 * Leaves an item that an error has ended the work on. Where it may have been submitted, and the API
 * refuses to say so, it becomes `ambiguous`.
 *
 * @throws the error, when it stops the whole batch.
 */
export async function lookAgainAfter(worker: Worker, item: Item, error: unknown): Promise<void> {
  if (DatabaseUnavailableError.is(error) || !Sync3Error.is(error)) throw error;
  const isAboutAll = isAboutAccount(error);
  const isUnclear = item.state === 'submitting' && !isAboutAll && !mayWork(error);
  const reason = { code: error.name, message: error.message };
  await lookAgain(worker, item, isUnclear ? 'ambiguous' : item.state, reason);
  if (isAboutAll) throw error;
}
