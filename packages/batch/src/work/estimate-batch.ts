import type { ClientOptions } from '@sync3/sdk';
import pLimit from 'p-limit';
import type { Database } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import type { Item } from '../ledger/item.js';
import { itemPages } from '../ledger/item-pages.js';
import type { Plannable, PlanOptions, PlanSummary } from '../plan/plan-batch.js';
import { previewPlan } from '../plan/preview-plan.js';
import { createClient } from './create-client.js';
import { estimatesAtOnce, priceItem } from './estimate-items.js';
import { MediaStore } from './media-store.js';
import { Pause } from './pause.js';
import type { WorkEvent } from './work-options.js';

/** How a batch is priced. */
export interface EstimateBatchOptions {
  /** Name of the batch. @default 'default' */
  batch?: string | undefined;
  /**
   * Prices the batch as it would be with these items, which are checked and not planned: nothing of the
   * batch changes. Without it the items that wait in the batch are priced.
   */
  items?: Plannable | undefined;
  /** How `items` are checked. What would be changed is in the `plan` of the result. */
  planOptions?: Omit<PlanOptions, 'batch' | 'signal' | 'acceptChanges'> | undefined;
  /** Set-up of the client. Key and address come from the environment. */
  client?: ClientOptions | undefined;
  /** Ends the pricing; of items in the batch, what is priced by then is kept. */
  signal?: AbortSignal | undefined;
  /** Told what planning `items` would do, before anything is priced. */
  onPlan?: ((summary: PlanSummary) => void) | undefined;
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
 * Asks the API what the items of a batch would cost that are not begun. Nothing is submitted and nothing
 * is planned; local files are uploaded for it, which is free. The price of an item that the batch has is
 * recorded, and not asked again.
 *
 * @throws {BatchError} nobody has planned such a batch, and no `items` are given.
 * @throws {ManifestError} lines of `items` are wrong, or the manifest cannot be read.
 * @throws {ApiError} there is no usable key.
 * @throws {AbortError} the signal fired.
 *
 * @example
 * const { cost } = await estimateBatch(database, { items: new Manifest('clips.jsonl') });
 */
export async function estimateBatch(
  database: Database,
  options: EstimateBatchOptions = {},
): Promise<BatchEstimate> {
  const { batch = 'default', items, planOptions, signal, onPlan } = options;
  if (!items) {
    const where = `batch_id = $1 and state = 'planned'`;
    const batchId = await findBatch(database, batch);
    const [row] = await database.query<{ count: number }>(
      `select count(*) as count from sync3.item where ${where}`,
      [batchId],
      { isIdempotent: true },
    );
    return price(database, row?.count ?? 0, itemPages(database, where, [batchId]), options);
  }
  const preview = await previewPlan(database, items, {
    ...planOptions,
    batch,
    ...(signal && { signal }),
  });
  try {
    onPlan?.(preview.summary);
    return await price(database, preview.count, inPages(preview.items.read()), options);
  } finally {
    await preview.items.close();
  }
}

/** Items that are priced before the progress is told. */
const pageSize = 500;

async function price(
  database: Database,
  items: number,
  pages: AsyncIterable<Item[]>,
  {
    client,
    signal = new AbortController().signal,
    onEvent: tell = () => {},
    onProgress,
  }: EstimateBatchOptions,
): Promise<BatchEstimate> {
  const sync3 = createClient(client);
  const network = new Pause('network', tell);
  const worker = { database, sync3, media: new MediaStore(database, sync3, signal), network };
  const estimate = { items, priced: 0, unpriced: 0, refused: 0 };
  /** Millionths of a USD, as the ledger counts: sums of them are exact. */
  let cost = 0;
  const add = (price: number) => {
    estimate.priced += 1;
    cost += Math.round(price * 1e6);
  };
  for await (const page of pages) {
    await pLimit(estimatesAtOnce).map(page, async (item) => {
      if (item.estimatedCost !== null) return add(item.estimatedCost);
      const price = await priceItem(worker, item, signal);
      if ('refusal' in price) {
        estimate.refused += 1;
        tell({ event: 'warning', key: item.key, message: price.refusal.message });
      } else if (price.cost === undefined) estimate.unpriced += 1;
      else add(price.cost);
    });
    onProgress?.({ priced: estimate.priced, items });
  }
  return { ...estimate, cost: cost / 1e6 };
}

async function* inPages(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let page: Item[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length === pageSize) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}
