import type { Database } from '../database/database.js';
import { idsForQueue, takeUpDueLooks } from '../ledger/queue-items.js';
import type { ItemQueue } from './item-queue.js';

/** How often the queue is filled up from the ledger, in ms: a worker may have died in between. */
const repairMs = 15_000;

/**
 * @returns what puts into the queue what should be there: items whose next look is due, and now and
 * then what a worker that died could not put there. `isHeld` says whether this worker has an item.
 */
export function queueFiller(
  database: Database,
  queue: ItemQueue,
  batchId: number,
): (isHeld: (itemId: number) => boolean) => Promise<void> {
  let repairAt = performance.now() + repairMs;
  return async (isHeld) => {
    await queue.add(await takeUpDueLooks(database, batchId));
    if (performance.now() < repairAt) return;
    const ids = await idsForQueue(database, batchId);
    await queue.add(ids.filter((itemId) => !isHeld(itemId)));
    repairAt = performance.now() + repairMs;
  };
}
