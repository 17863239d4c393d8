import type { ClientOptions, Sync3 } from '@sync3/sdk';
import pLimit from 'p-limit';
import type { Database } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import type { DeliveredFile, Item } from '../ledger/item.js';
import { itemPages } from '../ledger/item-pages.js';
import { createClient } from '../work/create-client.js';
import type { WorkEvent } from '../work/work-options.js';
import type { Worker } from '../work/worker.js';
import { DiskPause } from './disk-pause.js';
import { openPlace } from './open-place.js';
import { restoreItem } from './restore-item.js';

/** How delivered files are checked. */
export interface RestoreOptions {
  /** Name of the batch. @default 'default' */
  batch?: string | undefined;
  /** Set-up of the client; made when a file is missing. Key and address come from the environment. */
  client?: ClientOptions | undefined;
  /** The place that results were written to: a folder, or `s3://bucket/prefix`. */
  outputDirectory: string;
  /** Ends the check. */
  signal?: AbortSignal | undefined;
  /** Told of pauses, and of each item whose file cannot be had again. */
  onEvent?: ((event: WorkEvent) => void) | undefined;
}

/** What became of the delivered files. */
export interface RestoreSummary {
  /** Items whose files were looked at. */
  checked: number;
  /** Items whose files were missing or changed, and were downloaded again. */
  restored: number;
  /** Items whose files are missing or changed, and that the API no longer has. */
  lost: number;
}

const checksAtOnce = 4;

/**
 * Looks at the files of all items that have been delivered, and downloads again what is missing or is
 * not what the ledger says. No job is submitted for that, so it costs nothing.
 *
 * @throws {BatchError} nobody has planned such a batch, or the output place cannot be used.
 * @throws {AbortError} the signal fired.
 */
export async function restoreFiles(
  database: Database,
  options: RestoreOptions,
): Promise<RestoreSummary> {
  const { batch = 'default', signal = new AbortController().signal, onEvent = () => {} } = options;
  const batchId = await findBatch(database, batch);
  const place = await openPlace(options.outputDirectory);
  let sync3: Sync3 | undefined;
  const summary: RestoreSummary = { checked: 0, restored: 0, lost: 0 };
  // The folder may have been removed as a whole.
  await place.prepare();
  const disk = new DiskPause(onEvent);
  const restore = async (item: Item) => {
    // Made when a file is missing: a check needs no key.
    sync3 ??= createClient(options.client);
    await restoreItem(database, { sync3, place, disk }, item, signal);
  };
  const check = async (item: Item) => {
    signal.throwIfAborted();
    summary.checked += 1;
    const intact = await Promise.all(
      item.files.map((file) => isIntact({ place, disk }, file, signal)),
    );
    if (intact.every(Boolean)) return;
    try {
      await restore(item);
      summary.restored += 1;
    } catch (error) {
      signal.throwIfAborted();
      summary.lost += 1;
      const message = `A result is missing or changed and cannot be had again: ${(error as Error).message}`;
      onEvent({ event: 'warning', key: item.key, message });
    }
  };
  const isDelivered = `batch_id = $1 and state in ('succeeded', 'partially-failed')`;
  for await (const items of itemPages(database, isDelivered, [batchId])) {
    await pLimit(checksAtOnce).map(items, check);
  }
  return summary;
}

/** A place that does not answer is waited for: what cannot be read is not missing. */
async function isIntact(
  { place, disk }: Pick<Worker, 'place' | 'disk'>,
  { name, sha256 }: DeliveredFile,
  signal: AbortSignal,
): Promise<boolean> {
  const now = disk.whileBlocked(() => place.hash(name), place, signal);
  return (await now.catch(() => undefined)) === sha256;
}
