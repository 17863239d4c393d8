import { randomUUID } from 'node:crypto';
import type { ClientOptions } from '@sync3/sdk';
import pLimit from 'p-limit';
import type { Database } from '../database/database.js';
import { DiskPause } from '../deliver/disk-pause.js';
import { openPlace } from '../deliver/open-place.js';
import { findBatch } from '../ledger/find-batch.js';
import { itemPages } from '../ledger/item-pages.js';
import type { Manifest } from '../manifest/manifest.js';
import { type BatchItem, planBatch } from '../plan/plan-batch.js';
import { createClient } from '../work/create-client.js';
import { LeaseClock } from '../work/lease-clock.js';
import { MediaStore } from '../work/media-store.js';
import { Pause } from '../work/pause.js';
import { UnchangedTasks } from '../work/unchanged-tasks.js';
import type { WorkEvent } from '../work/work-options.js';
import { recoverItem } from './recover-item.js';
import type { RecoverSummary } from './recover-summary.js';

/** What a ledger is rebuilt from. */
export interface RecoverOptions {
  /** Name of the batch, which must be the one that the jobs were submitted under. @default 'default' */
  batch?: string | undefined;
  /** What the batch was planned from; absent when the ledger has the items. */
  manifest?: Manifest | Iterable<BatchItem> | AsyncIterable<BatchItem> | undefined;
  /** The place that results were written to: a folder, or `s3://bucket/prefix`. */
  outputDirectory: string;
  /** Set-up of the client. Key and address come from the environment. */
  client?: ClientOptions | undefined;
  /** Ends the work; what was found until then is kept. */
  signal?: AbortSignal | undefined;
  /** Told of pauses, and of items that need a look. */
  onEvent?: ((event: WorkEvent) => void) | undefined;
  /** Told the number of items that have been looked at, now and then. */
  onProgress?: ((progress: { items: number }) => void) | undefined;
}

const lookUpsAtOnce = 8;

/**
 * Rebuilds a ledger that was lost, or is older than its batch. Plans the manifest, asks the API for the
 * job of each item that is still planned, those of its retries included, and takes files of the output
 * place as delivered when their checksum is that of the result. Submits nothing and pays for nothing;
 * `workOnBatch` does what is left.
 *
 * The taskUUID of a job follows from batch, key and parameters, so all of these have to be as they were.
 *
 * @throws {ManifestError} lines are wrong, or the manifest cannot be read.
 * @throws {BatchError} nobody has planned such a batch, or the output place cannot be used.
 * @throws {ApiError} the API refuses to tell about jobs, as without a usable key.
 * @throws {DatabaseUnavailableError} the database was lost.
 * @throws {AbortError} the signal fired.
 *
 * @example
 * const database = await openDatabase({ directory: '.sync3' });
 * const manifest = new Manifest('clips.jsonl');
 * const found = await recoverLedger(database, { manifest, outputDirectory: 'output' });
 */
export async function recoverLedger(
  database: Database,
  options: RecoverOptions,
): Promise<RecoverSummary> {
  const { batch = 'default', manifest, signal = new AbortController().signal } = options;
  const { onEvent: tell = () => {}, onProgress } = options;
  const sync3 = createClient(options.client);
  const place = await openPlace(options.outputDirectory);
  await place.prepare();
  const plan = manifest && (await planBatch(manifest, database, { batch, signal }));
  const batchId = await findBatch(database, batch);
  const worker = {
    database,
    sync3,
    place,
    unchanged: new UnchangedTasks(),
    media: new MediaStore(database, sync3, signal),
    disk: new DiskPause(tell),
    network: new Pause('network', tell),
    // It submits nothing that a lease would protect.
    lease: new LeaseClock(Infinity),
    jobTimeoutMs: 60_000,
    longestLookMs: 0,
    // A failed job is left to the next run.
    looks: undefined,
    webhookURLOf: undefined,
    retryRules: [],
    missingSince: new Map(),
    isHeld: async () => false,
    holdForCredits: async () => {},
    tell,
  };
  const workerId = randomUUID();
  const summary: RecoverSummary = {
    ...(plan && { plan }),
    ...{ items: 0, delivered: 0, failed: 0, unfetched: 0, underWay: 0, unknown: 0, occupied: 0 },
  };
  const isUnsubmitted = `batch_id = $1 and state = 'planned'`;
  for await (const items of itemPages(database, isUnsubmitted, [batchId])) {
    await pLimit(lookUpsAtOnce).map(items, async (item) => {
      signal.throwIfAborted();
      const finding = await recoverItem(worker, workerId, item, signal);
      summary.items += 1;
      if (finding !== 'moved') summary[finding] += 1;
    });
    onProgress?.({ items: summary.items });
  }
  return summary;
}
