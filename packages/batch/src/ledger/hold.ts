import type { Queries } from '../database/database.js';
import { storableText } from './storable-text.js';

/** Why no worker begins a job of a batch, until somebody lets it go on. */
export interface Hold {
  /**
   * - `person`: somebody has paused it.
   * - `failures`: `maxFailures` jobs in a row failed with the same code.
   * - `refusals`: the API, or this machine, refuses all items alike before there is a job.
   * - `credits`: the account has no credits.
   */
  reason: 'person' | 'failures' | 'refusals' | 'credits';
  /** Sentences: what happened, and what to do. */
  message: string;
  /** The API's code, or the name of the error, of what went wrong. */
  code?: string;
  /** Since when, ISO 8601. */
  at: string;
}

/**
 * Holds a batch: no worker begins a job until `releaseHold`. Jobs under way go on; items that wait in
 * the queue are planned again. A batch that is held already stays as it is, unless a person holds it.
 */
export async function holdBatch(
  queries: Queries,
  batchId: number,
  { reason, message, code }: Omit<Hold, 'at'>,
): Promise<void> {
  await queries.query(
    `update sync3.batch set held = json_strip_nulls(json_build_object(
      'reason', $2::text, 'message', $3::text, 'code', $4::text, 'at', now()
    ))
    where id = $1 and (held is null or $2 = 'person')`,
    [batchId, reason, storableText(message), code === undefined ? null : storableText(code)],
    { isIdempotent: true },
  );
  // A statement of its own: the one above may have waited for a worker that was queueing items.
  await returnQueued(queries, batchId);
}

/** Plans the items again that wait in the queue. */
export async function returnQueued(queries: Queries, batchId: number): Promise<void> {
  await queries.query(
    `with returned as (
      update sync3.item set state = 'planned', updated_at = now()
      where batch_id = $1 and state = 'queued'
      returning id
    )
    insert into sync3.move (item_id, state) select id, 'planned' from returned order by id`,
    [batchId],
    { isIdempotent: true },
  );
}

/**
 * Lets a batch that is held go on, as a person has decided. Items that were refused alike are submitted
 * again; those that are refused with the same code once more fail, without a further hold.
 *
 * @returns whether it was held.
 */
export async function releaseHold(queries: Queries, batchId: number): Promise<boolean> {
  const rows = await queries.query(
    `update sync3.batch set
      allowed_code = case when held ->> 'reason' = 'refusals' then held ->> 'code' else allowed_code end,
      held = null, is_proven = true, refused = '{}', refused_code = null, failures = 0
    where id = $1 and held is not null returning id`,
    [batchId],
  );
  return rows.length > 0;
}

/**
 * A run begins, which is a new try: what held the batch for the account, or because all items were
 * refused alike, is found out anew.
 */
export async function beginRun(queries: Queries, batchId: number): Promise<void> {
  await queries.query(
    `update sync3.batch set
      is_proven = false, refused = '{}', refused_code = null,
      held = case when held ->> 'reason' in ('refusals', 'credits') then null else held end
    where id = $1`,
    [batchId],
    { isIdempotent: true },
  );
}

/** Why a batch is held; `undefined` when it is not. */
export async function findHold(queries: Queries, batchId: number): Promise<Hold | undefined> {
  const [row] = await queries.query<{ held: Hold | null }>(
    'select held from sync3.batch where id = $1',
    [batchId],
    { isIdempotent: true },
  );
  return row?.held ?? undefined;
}
