import type { Queries } from '../database/database.js';
import type { DeliveredFile } from './item.js';

/** Records what a job is going to cost, in USD. */
export async function recordEstimate(queries: Queries, id: number, cost: number): Promise<void> {
  await queries.query(
    `update sync3.item set estimated_cost = $2, updated_at = now() where id = $1`,
    [id, cost],
    { isIdempotent: true },
  );
}

/** Records the files of an item that were delivered once more. */
export async function recordFiles(
  queries: Queries,
  id: number,
  files: readonly DeliveredFile[],
): Promise<void> {
  await queries.query(
    `update sync3.item set files = $2::text::json, updated_at = now() where id = $1`,
    [id, JSON.stringify(files)],
    { isIdempotent: true },
  );
}
