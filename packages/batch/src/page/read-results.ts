import type { Queries } from '../database/database.js';
import type { DeliveredFile } from '../ledger/item.js';
import { secondsTaken } from './read-times.js';

/** One video of an item. */
export interface Result {
  /** Of the item in the ledger. */
  id: number;
  key: string;
  file: DeliveredFile;
  /** Which of the item's videos it is, from 1, and how many it has. */
  number: number;
  of: number;
  /** How long the API took for the job, in seconds; `null` when that is not known. */
  seconds: number | null;
  /** Of the job, in USD; `null` when it is not known. */
  cost: number | null;
}

/** Reads the newest videos of a batch, at most so many. */
export async function readResults(
  queries: Queries,
  batchId: number,
  most: number,
): Promise<Result[]> {
  const rows = await queries.query<
    Pick<Result, 'id' | 'key' | 'seconds' | 'cost'> & { files: DeliveredFile[] }
  >(
    `select id, key, files, actual_cost as cost, ${secondsTaken} as seconds
    from sync3.item
    where batch_id = $1 and settled_at is not null and files::text <> '[]'
    order by settled_at desc, id desc limit $2`,
    [batchId, most],
    { isIdempotent: true },
  );
  const results = rows.flatMap(({ files, ...item }) =>
    files.map((file, index) => ({ ...item, file, number: index + 1, of: files.length })),
  );
  return results.slice(0, most);
}
