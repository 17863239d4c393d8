import type { Queries } from '../database/database.js';
import type { DeliveredFile } from '../ledger/item.js';
import { secondsTaken } from './read-totals.js';

/** One video of an item. */
export interface Result {
  key: string;
  file: DeliveredFile;
  /** Which of the item's videos it is, from 1, and how many it has. */
  number: number;
  of: number;
  /** How long the job took, in seconds; `null` when that is not known. */
  seconds: number | null;
  /** Of the job, in USD; `null` when it is not known. */
  cost: number | null;
}

const mostResults = 500;

/** Reads the 500 newest videos of a batch. */
export async function readResults(queries: Queries, batchId: number): Promise<Result[]> {
  const rows = await queries.query<
    Pick<Result, 'key' | 'seconds' | 'cost'> & { files: DeliveredFile[] }
  >(
    `select key, files, actual_cost as cost, ${secondsTaken} as seconds
    from sync3.item
    where batch_id = $1 and files::text <> '[]'
    order by settled_at desc nulls last, id desc limit $2`,
    [batchId, mostResults],
  );
  const results = rows.flatMap(({ files, ...item }) =>
    files.map((file, index) => ({ ...item, file, number: index + 1, of: files.length })),
  );
  return results.slice(0, mostResults);
}
