import type { Item } from '../ledger/item.js';

/** What is exported of an item as the ledger has it. */
type Exported =
  | ('key' | 'source' | 'line' | 'state' | 'taskUUID' | 'retries' | 'estimatedCost')
  | ('submittedAt' | 'settledAt' | 'files' | 'notes');

/** An item as it is exported: a line of JSONL. Times are in UTC. */
export interface ExportedItem extends Pick<Item, Exported> {
  /** USD; `null` while unknown. */
  cost: number | null;
  /** The API's code, or the name of the error; `null` when there was none. */
  errorCode: string | null;
  /** A sentence; `null` when there was no error. */
  errorMessage: string | null;
}

/** The row of an item. */
export function exportedItem(item: Item): ExportedItem {
  const { key, source, line, state, taskUUID, retries, estimatedCost, actualCost } = item;
  const { submittedAt, settledAt, files, notes, error } = item;
  return {
    ...{ key, source, line, state, taskUUID, retries, estimatedCost, cost: actualCost },
    ...{ submittedAt, settledAt, files, notes },
    errorCode: error?.code ?? null,
    errorMessage: error?.message ?? null,
  };
}
