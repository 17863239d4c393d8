import type { Queries } from '../database/database.js';
import { type Item, resultsOf } from '../ledger/item.js';
import { recordFiles } from '../ledger/record-item.js';
import { archivedOutcome } from '../work/job-outcome.js';
import type { Worker } from '../work/worker.js';
import { deliverItem } from './deliver-item.js';

/**
 * Downloads the results of an item again, over what is there: the ledger knows them as this item's.
 *
 * @throws {Error} the API no longer has them.
 * @throws what `deliverItem` throws.
 */
export async function restoreItem(
  database: Queries,
  { sync3, ...output }: Pick<Worker, 'sync3' | 'place' | 'disk'>,
  item: Item,
  signal: AbortSignal,
): Promise<void> {
  const ask = async () => {
    const { videos } = await sync3.tasks.status(item.taskUUID, { signal });
    if (videos.length > 0) return videos;
    return (await archivedOutcome(sync3, item.taskUUID, resultsOf(item), signal))?.videos ?? [];
  };
  const videos = await ask();
  if (videos.length === 0) throw new Error('the API no longer has it.');
  const files = await deliverItem(output, item, videos, ask, signal);
  await recordFiles(database, item.id, files);
}
