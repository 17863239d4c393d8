import type { Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';

/**
 * The row of a batch.
 *
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function findBatch(queries: Queries, batch: string): Promise<number> {
  const [row] = await queries.query<{ id: number }>(
    'select id from sync3.batch where name = $1',
    [batch],
    { isIdempotent: true },
  );
  if (!row) throw new BatchError(`There is no batch "${batch}" in this database. Plan one first.`);
  return row.id;
}
