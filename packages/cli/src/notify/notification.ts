import type { BatchStanding, Hold, ItemCounts, WorkSummary } from '@sync3/batch';

/** What `--notify-command` and `--notify-url` are told, as JSON. */
export interface Notification {
  /**
   * - `held`: no job is begun until somebody lets the batch go on; see `held`.
   * - `budget`: the next job could cost more than `--max-cost` allows.
   * - `complete`: nothing is left to do; `waiting`: jobs that the API does not tell about take all places.
   * - `failed`: the work has ended with `error`.
   */
  event: Exclude<WorkSummary['ending'], 'stopped'> | 'failed';
  /** Name of the batch. */
  batch: string;
  /** When, ISO 8601. */
  at: string;
  /** All items of the batch; absent when the ledger cannot be read. */
  items?: number;
  /** How many items are in each state. */
  states?: ItemCounts['byState'];
  /** USD. */
  costs?: BatchStanding['costs'];
  /** Why the batch is held; `null` while it is not. */
  held?: Hold | null;
  /** Why the command failed. */
  error?: { message: string; code?: string | undefined };
}
