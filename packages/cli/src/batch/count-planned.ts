import type { Database, ItemCounts } from '@sync3/batch';
import { CommandError } from '../command-error.js';

/**
 * Counts the items of a batch.
 *
 * @throws {CommandError} it has none.
 */
export async function countPlanned(database: Database, name: string): Promise<ItemCounts> {
  const { countItems } = await import('@sync3/batch');
  const counts = await countItems(database, name);
  if (counts.total > 0) return counts;
  const next = 'Plan it with `sync3 batch run <manifest>`, or name another with --name.';
  throw new CommandError(`There is no batch "${name}" in this ledger.`, next);
}
