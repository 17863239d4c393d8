import type { PlanSummary } from '../plan/plan-batch.js';

/** What was found of the items that the ledger knew no job of. */
export interface RecoverSummary {
  /** What planning has done, when there was a manifest. */
  plan?: PlanSummary;
  /** Items that were looked at. */
  items: number;
  /** Items whose files are in the output place and are the results: they are settled. */
  delivered: number;
  /** Items whose job has failed: they are settled, and may be tried again. */
  failed: number;
  /** Items whose job has finished, with files that are missing or are others: work fetches them. */
  unfetched: number;
  /** Items whose job still runs, or of which the API knows no result: work waits for them. */
  underWay: number;
  /** Items of which the API knows no job, and that have no file: work submits them. */
  unknown: number;
  /** Items of which the API knows no job, although something has the name of their result. */
  occupied: number;
}
