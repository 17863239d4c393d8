import type { Database } from '../database/database.js';
import { retryItems } from '../steer/retry-items.js';

/**
 * Plans the failed items of a batch once more. Each becomes a new job, which is paid for. It takes
 * the local files as they are now, where they are there: a file that broke a job may have been
 * replaced. Items that cannot succeed as they are (`error.canRetry`) stay, unless a file is another.
 *
 * @param options `all`: also those that cannot succeed. @default false
 * @returns how many are planned once more.
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function retryFailed(
  database: Database,
  batch = 'default',
  options: { all?: boolean } = {},
): Promise<number> {
  const { changed } = await retryItems(database, { batch }, options);
  return changed;
}
