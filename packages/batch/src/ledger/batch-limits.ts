import type { Queries } from '../database/database.js';

/** What holds for all workers of a batch together. It is kept in the ledger. */
export interface BatchLimits {
  /** Most jobs under way at the API at a time. @default 4 */
  concurrency: number;
  /** Most submits in a second; `null` is no limit. @default null */
  submitsPerSecond: number | null;
  /**
   * USD. No job is submitted that could bring the cost of the batch above it; `null` is no limit.
   * @default null
   */
  maxCost: number | null;
  /**
   * So many jobs that fail in a row with the same code hold the batch until a person decides; from 1,
   * `null` is no limit. @default 20
   */
  maxFailures: number | null;
}

/**
 * Records limits; those that are absent stay as they are. Makes the batch when there is none. Another
 * `maxFailures` lets a batch go on that the former has held.
 */
export async function setLimits(
  queries: Queries,
  batch: string,
  limits: Partial<BatchLimits>,
): Promise<void> {
  const { concurrency, submitsPerSecond, maxCost, maxFailures } = limits;
  await queries.query(
    `insert into sync3.batch (name) values ($1) on conflict do nothing`,
    [batch],
    { isIdempotent: true },
  );
  await queries.query(
    `update sync3.batch set
      concurrency = coalesce($2, concurrency),
      submits_per_second = case when $3 then $4 else submits_per_second end,
      max_cost = case when $5 then $6 else max_cost end,
      max_failures = case when $7 then $8 else max_failures end,
      failures = case when $7 then 0 else failures end,
      held = case
        when $7 and held ->> 'reason' = 'failures' then null
        else held
      end
    where name = $1`,
    [
      batch,
      concurrency ?? null,
      submitsPerSecond !== undefined,
      submitsPerSecond ?? null,
      maxCost !== undefined,
      maxCost ?? null,
      maxFailures !== undefined,
      maxFailures ?? null,
    ],
    { isIdempotent: true },
  );
}
