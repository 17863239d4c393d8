import type { DeliveredFile, Item } from '../ledger/item.js';

/** An item as it is exported: a line of JSONL. */
export interface ExportedItem {
  key: string;
  source: string;
  line: number;
  state: string;
  taskUUID: string;
  retries: number;
  estimatedCost: number | null;
  cost: number | null;
  submittedAt: Date | null;
  settledAt: Date | null;
  files: readonly DeliveredFile[];
  errorCode: string | null;
  errorMessage: string | null;
}

/** What of an item is exported: costs are in USD, times in UTC. */
export function exportedItem(item: Item): ExportedItem {
  const { key, source, line, state, taskUUID, retries } = item;
  const { estimatedCost, actualCost, submittedAt, settledAt, files, error } = item;
  return {
    ...{ key, source, line, state, taskUUID, retries },
    ...{ estimatedCost, cost: actualCost, submittedAt, settledAt, files },
    errorCode: error?.code ?? null,
    errorMessage: error?.message ?? null,
  };
}
