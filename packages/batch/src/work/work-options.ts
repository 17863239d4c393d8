import type { ClientOptions } from '@sync3/sdk';
import type { WebhookSecret } from '@sync3/sdk/webhooks';
import type { BatchLimits } from '../ledger/batch-limits.js';
import type { BatchCosts } from '../ledger/costs.js';
import type { ItemCounts } from '../ledger/count-items.js';
import type { Hold } from '../ledger/hold.js';
import type { Item } from '../ledger/item.js';
import type { WrongEstimates } from '../ledger/wrong-estimates.js';
import type { MeterProvider } from '../metrics/meter-provider.js';
import type { RetryRule } from './retry-rules.js';

/** What a worker tells while it works. */
export type WorkEvent =
  /** How far the whole batch is; now and then. */
  | { event: 'progress'; counts: ItemCounts }
  /** An item has settled, in this worker, and its files are delivered. */
  | { event: 'item'; item: Item }
  /**
   * Nothing is begun for a while: the API has said 429, the disk is full (`disk`), the output folder
   * cannot be written to (`output`), or the API or the database cannot be reached. It goes on by itself.
   */
  | {
      event: 'paused';
      reason: 'rate' | 'disk' | 'output' | 'network' | 'database';
      message: string;
    }
  /** It goes on. */
  | { event: 'resumed'; reason: 'rate' | 'disk' | 'output' | 'network' | 'database' }
  /** The batch is held: nothing is begun until somebody lets it go on. */
  | { event: 'held'; held: Hold }
  /** It goes on. */
  | { event: 'released' }
  /**
   * The next job could bring the cost above `maxCost`, so none is begun; what is under way is finished.
   * Told once for each `maxCost`.
   */
  | { event: 'budget'; costs: BatchCosts }
  /** Something to look at. `key` names the item, where it is about one. */
  | { event: 'warning'; message: string; key?: string };

/** Where Runware announces that a job has news. */
export interface WebhookOptions {
  /**
   * The http(s) URL at which the API reaches a receiver of deliveries: `receiveDeliveries`, or a server
   * of yours with `createBatchWebhookHandler`, on the ledger of this batch. The taskUUID and a token are
   * added to it for each job.
   */
  url: string | URL;
  /**
   * What tokens are made with: at least 16 characters, and no pattern. The receiver needs the same; of
   * several the first is used. It is kept nowhere.
   *
   * @default SYNC3_WEBHOOK_SECRET, in which each line is a secret
   */
  secret?: WebhookSecret | undefined;
}

/** What a batch is worked on with. */
export interface WorkOptions {
  /** Name of the batch. @default 'default' */
  batch?: string | undefined;
  /**
   * Where results are written to: a folder, which is made when it is missing, or `s3://bucket/prefix`
   * of any S3-compatible store. For a store the environment names the credentials
   * (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`), the region (`AWS_REGION`) and,
   * for one that is not of AWS, the address (`AWS_ENDPOINT_URL_S3`).
   */
  outputDirectory: string;
  /** Set-up of the client that the worker makes. Key and address come from the environment. */
  client?: ClientOptions | undefined;
  /** Limits of the batch; those that are absent stay as they are in the ledger. */
  limits?: Partial<BatchLimits> | undefined;
  /** Stops the work: jobs under way go on at the API, and the next worker finds them again. */
  signal?: AbortSignal | undefined;
  /**
   * How long a job is waited for without a break, in ms; after that it keeps its place, and is looked
   * at again now and then. @default 3_600_000 (1 h)
   */
  jobTimeoutMs?: number | undefined;
  /**
   * How long items that cannot be settled yet are looked at, when nothing else is left to do, in ms:
   * a file that cannot be delivered, or a job that the API does not tell about. With 0 each is looked
   * at once. @default 600_000 (10 min)
   */
  longestLookMs?: number | undefined;
  /**
   * Has the API announce news of jobs, so that it is hardly polled: fewer than one request a second of
   * the whole batch, also with 10,000 jobs under way. What an announcement says is not believed; it only
   * makes a worker ask. A job whose delivery is lost is found by slow polls. Jobs that were submitted
   * without it, and lines with a `webhookURL` of their own, are polled as ever. @default none
   */
  webhooks?: WebhookOptions | undefined;
  /** When a job that has failed is begun anew; `[]` for never. @default defaultRetryRules */
  retryRules?: readonly RetryRule[] | undefined;
  /** Whether to wait for further items when all are settled. @default false */
  stay?: boolean | undefined;
  /**
   * Whether to look at the end for the files of all delivered items, by name and size, and to download
   * again what is missing. @default true
   */
  checkFiles?: boolean | undefined;
  /**
   * What the work is measured with: the time that jobs, deliveries and requests take, and retries; see
   * `observeBatch` for the batch as a whole.
   *
   * @default the global one of `@opentelemetry/api`, where that is installed
   */
  meterProvider?: MeterProvider | undefined;
  /** Told what happens. What it throws is not caught. */
  onEvent?: ((event: WorkEvent) => void) | undefined;
}

/** How the work ended. */
export interface WorkSummary {
  /**
   * - `complete`: nothing is left to do now. Items that are still `submitted`, `rendered` or
   *   `ambiguous` could not be settled, each with its reason in `error`; working again looks at them.
   * - `waiting`: the same, and items are left that could not begin, as those take all places.
   * - `budget`: the next item could pass `maxCost`.
   * - `held`: the batch is held; see `held`.
   * - `stopped`: the signal fired.
   */
  ending: 'complete' | 'waiting' | 'budget' | 'held' | 'stopped';
  /** The whole batch, at the end. */
  counts: ItemCounts;
  /**
   * Items that were delivered and of which a file was gone at the end, and could not be downloaded
   * again; each was told as a warning. 0 when nothing was looked at: `checkFiles` is false, or the work
   * was stopped.
   */
  missingFiles: number;
  /** Why nothing is begun, while the batch is held. */
  held?: Hold;
  /** What the batch has cost, and may cost. */
  costs: BatchCosts;
  /** Which items cost more than their estimate. */
  wrongEstimates: WrongEstimates;
}
