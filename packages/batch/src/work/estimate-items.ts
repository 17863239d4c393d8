import type { LipsyncParams } from '@sync3/sdk';
import pLimit from 'p-limit';
import { BatchError } from '../errors/batch-error.js';
import type { Item } from '../ledger/item.js';
import { moveItem } from '../ledger/move-item.js';
import { recordEstimate } from '../ledger/record-item.js';
import { withPatience } from './patience.js';
import { refusalOf } from './refusal.js';
import type { Worker } from './worker.js';

/** Dry runs at a time; each is a request of its own. */
export const estimatesAtOnce = 8;

/**
 * Prices items that the budget waits for, and records it. An item that the API refuses fails here
 * already, without a job.
 *
 * @throws {BatchError} the API names no price for an item, so that no budget could be kept.
 * @throws what `Lipsync.estimate` throws about the key or the network.
 */
export async function estimateItems(
  worker: Worker,
  items: readonly Item[],
  signal: AbortSignal,
): Promise<void> {
  const limit = pLimit(estimatesAtOnce);
  await limit.map(items, async (item) => {
    const priced = await priceItem(worker, item, signal);
    if ('refusal' in priced) {
      await moveItem(worker.database, item, 'failed', { error: priced.refusal });
    } else if (priced.cost === undefined) {
      throw new BatchError(
        `The API names no price for item "${item.key}", so that no maximum cost can be kept. ` +
          'Work without one.',
      );
    }
  });
}

/** Asks the API what an item would cost, in USD, and records it. Nothing runs. */
export async function priceItem(
  worker: Pick<Worker, 'database' | 'media' | 'sync3' | 'network'>,
  item: Item,
  signal: AbortSignal,
) {
  const { database, media, sync3, network } = worker;
  try {
    const cost = await withPatience(
      async () => {
        const parameters = await media.parametersOf(item);
        const params = parameters as unknown as LipsyncParams;
        return (await sync3.lipsync.estimate(params, { signal })).cost;
      },
      { signal, network },
    );
    if (cost !== undefined) await recordEstimate(database, item.id, cost);
    return { cost };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return { refusal };
  }
}
