import type { Queries } from '../database/database.js';
import { type BatchStanding, readStanding } from '../ledger/batch-standing.js';
import type { ItemState } from '../ledger/item-state.js';
import { readCounts } from '../page/read-counts.js';

/** A batch at one moment, by what the database counts quickly. */
export interface Figures extends BatchStanding {
  /** How many items are in each state. */
  counts: Record<ItemState, number>;
}

/** Longest that a reader waits, in ms; a fault of the database is waited for longer than any of them. */
const patienceMs = 3_000;

/**
 * @returns what reads a batch, once for all who ask meanwhile.
 * It throws when the database has a fault, or has not answered within three seconds.
 */
export function figuresReader(
  queries: Queries,
  { batch, batchId }: { batch: string; batchId: number },
): () => Promise<Figures> {
  let reading: Promise<Figures> | undefined;
  const read = async (): Promise<Figures> => ({
    counts: await readCounts(queries, batchId),
    ...(await readStanding(queries, batch)),
  });
  return () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return within(reading);
  };
}

function within<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database does not answer.')), patienceMs);
  });
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}
