import type { Database } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import type { Item } from '../ledger/item.js';
import { itemPages } from '../ledger/item-pages.js';
import { insertUploads } from '../ledger/uploads.js';
import type { MediaFile } from '../manifest/media-files.js';
import { ItemSpool } from './item-spool.js';
import { type Plannable, type PlanOptions, type PlanSummary, planWithin } from './plan-batch.js';

/** What a plan would do, and the items that would wait then. */
export interface PlanPreview {
  summary: PlanSummary;
  /** How many items would wait to be begun. */
  count: number;
  items: ItemSpool<Item>;
}

/**
 * Finds out what a plan would do, by doing it in a transaction that is undone. The batch stays as it is,
 * so no worker begins an item of it. Only the local files of the items are recorded, so that one that is
 * uploaded for its price need not be uploaded again.
 *
 * @throws what `planBatch` throws, but for a plan that changes items.
 */
export async function previewPlan(
  database: Database,
  items: Plannable,
  options: PlanOptions,
): Promise<PlanPreview> {
  const { batch = 'default' } = options;
  const spool = await ItemSpool.open<Item>();
  let preview: Omit<PlanPreview, 'items'> | undefined;
  let files: MediaFile[] = [];
  try {
    await database.transaction(async (queries) => {
      const summary = await planWithin(queries, items, { ...options, acceptChanges: true });
      const batchId = await findBatch(queries, batch);
      const pages = itemPages(queries, `batch_id = $1 and state = 'planned'`, [batchId]);
      preview = { summary, count: await spool.write(each(pages)) };
      files = await queries.query<MediaFile>(
        `select path, bytes, sha256 from sync3.upload where batch_id = $1 and state <> 'stored'`,
        [batchId],
      );
      throw undone;
    }, slow);
  } catch (error) {
    if (error !== undone || !preview) {
      await spool.close();
      throw error;
    }
  }
  await recordFiles(database, batch, files);
  return { ...(preview as Omit<PlanPreview, 'items'>), items: spool };
}

const slow = { mayBeSlow: true };

/** Ends a transaction of which nothing is to stay. */
const undone = new Error('Nothing of this transaction stays.');

async function recordFiles(database: Database, batch: string, files: MediaFile[]): Promise<void> {
  if (files.length === 0) return;
  await database.query(
    'insert into sync3.batch (name) values ($1) on conflict do nothing',
    [batch],
    { isIdempotent: true },
  );
  await insertUploads(database, await findBatch(database, batch), files);
}

async function* each(pages: AsyncIterable<Item[]>): AsyncGenerator<Item> {
  for await (const items of pages) yield* items;
}
