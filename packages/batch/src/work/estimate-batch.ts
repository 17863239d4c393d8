import type { ClientOptions } from '@sync3/sdk';
import pLimit from 'p-limit';
import type { Database } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import { itemPages } from '../ledger/item-pages.js';
import { createClient } from './create-client.js';
import { estimatesAtOnce, priceItem } from './estimate-items.js';
import { MediaStore } from './media-store.js';
import { Pause } from './pause.js';
import type { WorkEvent } from './work-options.js';

/** How a batch is priced. */
export interface EstimateBatchOptions {
  /** Name of the batch. @default 'default' */
  batch?: string | undefined;
  /** Set-up of the client. Key and address come from the environment. */
  client?: ClientOptions | undefined;
  /** Ends the pricing; what is priced by then is kept. */
  signal?: AbortSignal | undefined;
  /** Told of pauses, and of each item that the API would refuse. */
  onEvent?: ((event: WorkEvent) => void) | undefined;
  /** Told how many items are priced, now and then. */
  onProgress?: ((progress: { priced: number; items: number }) => void) | undefined;
}

/** What a batch is going to cost. */
export interface BatchEstimate {
  /** Items that are planned and not begun. */
  items: number;
  /** Items among them whose price is known. */
  priced: number;
  /** Items that the API names no price for. */
  unpriced: number;
  /** Items that the API would refuse, or whose files cannot be used. */
  refused: number;
  /** USD, of the items whose price is known. */
  cost: number;
}

/**
 * Asks the API what the planned items of a batch would cost, and records it. Nothing is submitted;
 * local files are uploaded for it, which is free. Items that were priced before are not asked again.
 *
 * @throws {BatchError} nobody has planned such a batch.
 * @throws {ApiError} there is no usable key.
 * @throws {AbortError} the signal fired.
 */
export async function estimateBatch(
  database: Database,
  {
    batch = 'default',
    client,
    signal = new AbortController().signal,
    onEvent: tell = () => {},
    onProgress,
  }: EstimateBatchOptions = {},
): Promise<BatchEstimate> {
  const batchId = await findBatch(database, batch);
  const sync3 = createClient(client);
  const network = new Pause('network', tell);
  const worker = { database, sync3, media: new MediaStore(database, sync3, signal), network };
  const isPlanned = `batch_id = $1 and state = 'planned'`;
  let refused = 0;
  let unpriced = 0;
  const isUnpriced = `${isPlanned} and estimated_cost is null`;
  for await (const items of itemPages(database, isUnpriced, [batchId])) {
    await pLimit(estimatesAtOnce).map(items, async (item) => {
      const price = await priceItem(worker, item, signal);
      if ('refusal' in price) {
        refused += 1;
        tell({ event: 'warning', key: item.key, message: price.refusal.message });
      } else if (price.cost === undefined) unpriced += 1;
    });
    onProgress?.(await sumUp());
  }
  return { ...(await sumUp()), unpriced, refused };

  async function sumUp() {
    const [sums] = await database.query<{ items: number; priced: number; cost: number }>(
      `select count(*) as items, count(estimated_cost) as priced,
        coalesce(sum(estimated_cost), 0) as cost
      from sync3.item where ${isPlanned}`,
      [batchId],
      { isIdempotent: true },
    );
    return sums ?? { items: 0, priced: 0, cost: 0 };
  }
}
