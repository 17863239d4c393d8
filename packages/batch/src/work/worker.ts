import type { Sync3 } from '@sync3/sdk';
import type { Database } from '../database/database.js';
import type { DiskPause } from '../deliver/disk-pause.js';
import type { OutputPlace } from '../deliver/output-place.js';
import type { WorkMetrics } from '../metrics/work-metrics.js';
import type { JobLooks } from './job-looks.js';
import type { LeaseClock } from './lease-clock.js';
import type { MediaStore } from './media-store.js';
import type { Pause } from './pause.js';
import type { RetryRule } from './retry-rules.js';
import type { UnchangedTasks } from './unchanged-tasks.js';
import type { WorkEvent } from './work-options.js';

/** What the items of one worker share. */
export interface Worker {
  readonly database: Database;
  readonly sync3: Sync3;
  readonly unchanged: UnchangedTasks;
  readonly media: MediaStore;
  readonly disk: DiskPause;
  readonly network: Pause;
  readonly place: OutputPlace;
  /** Whether the items are still this worker's. */
  readonly lease: LeaseClock;
  /** How long a job is waited for, in ms. */
  readonly jobTimeoutMs: number;
  /** How long items that cannot be settled are looked at when nothing else is left, in ms. */
  readonly longestLookMs: number;
  /** When jobs are looked at where webhooks announce their news; else the client decides. */
  readonly looks: JobLooks | undefined;
  /** Makes the webhook URL of a job; `undefined` when none is added. */
  readonly webhookURLOf: ((taskUUID: string) => Promise<string>) | undefined;
  readonly retryRules: readonly RetryRule[];
  /** Since when results of an item are missing, by `performance.now`. */
  readonly missingSince: Map<number, number>;
  /** Whether no job may be begun, as the batch is held. */
  readonly isHeld: () => Promise<boolean>;
  /** Holds the batch for all workers, as the account has no credits. */
  readonly holdForCredits: (message: string) => Promise<void>;
  readonly tell: (event: WorkEvent) => void;
  /** Absent where nothing is measured. */
  readonly metrics?: WorkMetrics | undefined;
}
