import type { Queries } from '../database/database.js';
import { readCosts } from '../ledger/costs.js';
import { findHold, type Hold, holdBatch, returnQueued } from '../ledger/hold.js';
import { findItems } from '../ledger/item.js';

/** So many refusals of one code before the first job is accepted are not the items' fault. */
const firstRefusals = 5;
/** As much of the message of an item is repeated, in characters. */
const longestReason = 300;

/** What the row of a batch has of items that failed in a row with the same code. */
export interface Alike {
  held: Hold | null;
  maxFailures: number | null;
  /** Whether the API has accepted a job since the run began. */
  isProven: boolean;
  refusedCode: string | null;
  /** Items that were refused before there was a job. */
  refused: number;
  failureCode: string | null;
  /** Jobs that were accepted and have failed. */
  failures: number;
}

/** The columns of `sync3.batch` as `Alike`. */
export const alikeColumns = `
  held, max_failures as "maxFailures", is_proven as "isProven",
  refused_code as "refusedCode", cardinality(refused) as refused,
  failure_code as "failureCode", failures`;

/**
 * Holds a batch when so many items in a row were refused, or failed, with one code that it is nothing
 * about them. Refused items, which have no job, are planned again. The row of the batch is locked.
 *
 * @returns why the batch is held, as of now.
 */
export async function holdAlike(
  queries: Queries,
  batchId: number,
  alike: Alike,
): Promise<Hold | null> {
  const { held, maxFailures, isProven, refused, refusedCode, failures } = alike;
  if (held) {
    // Whoever held it may have died before that.
    await returnQueued(queries, batchId);
    // They were on their way when it was held.
    const areAlike = held.reason === 'refusals' && held.code === refusedCode;
    if (refused > 0 && areAlike) await returnRefused(queries, batchId);
    return held;
  }
  const mostFailures = maxFailures ?? Infinity;
  const mostRefusals = isProven ? mostFailures : Math.min(firstRefusals, mostFailures);
  if (refused >= mostRefusals) return holdRefused(queries, batchId, alike);
  if (failures >= mostFailures) return holdFailed(queries, batchId, alike);
  return null;
}

const isRefused = `id in (select unnest(refused) from sync3.batch where id = $1)
  and state = 'failed' and submitted_at is null`;

/** Plans the items again that were refused alike. */
async function returnRefused(queries: Queries, batchId: number): Promise<void> {
  await queries.query(
    `with returned as (
      update sync3.item set state = 'planned', settled_at = null, error = null, last_move = null,
        updated_at = now()
      where ${isRefused} returning id
    ),
    noted as (insert into sync3.move (item_id, state) select id, 'planned' from returned order by id)
    update sync3.batch set refused = '{}', refused_code = null where id = $1`,
    [batchId],
  );
}

async function holdRefused(queries: Queries, batchId: number, { refused, refusedCode }: Alike) {
  const reason = await reasonOf(queries, isRefused, batchId);
  await returnRefused(queries, batchId);
  return hold(queries, batchId, {
    reason: 'refusals',
    ...(refusedCode !== null && { code: refusedCode }),
    message:
      `${refused} items in a row were refused alike, so that it is not about them: ${reason} They ` +
      'have no job, cost nothing and are planned again. Mend the cause and run the batch again; or ' +
      'resume it, if each of them is to fail.',
  });
}

async function holdFailed(queries: Queries, batchId: number, { failures, failureCode }: Alike) {
  const reason = await reasonOf(
    queries,
    `batch_id = $1 and state = 'failed' and submitted_at is not null`,
    batchId,
  );
  const { spent, uncertain } = await readCosts(queries, batchId);
  const charges = uncertain > 0 ? `as much as ${uncertain.toFixed(4)} USD` : 'an unknown amount';
  await queries.query('update sync3.batch set failures = 0 where id = $1', [batchId]);
  return hold(queries, batchId, {
    reason: 'failures',
    ...(failureCode !== null && { code: failureCode }),
    message:
      `${failures} jobs in a row failed alike: ${reason} The batch has cost ${spent.toFixed(4)} USD ` +
      `so far, as the API has named it; failed jobs may have been charged ${charges} on top. ` +
      'Resume it to go on until as many have failed again, or allow more failures in a row.',
  });
}

/** The message of the item that failed last. */
async function reasonOf(queries: Queries, where: string, batchId: number): Promise<string> {
  const [item] = await findItems(queries, `${where} order by settled_at desc limit 1`, [batchId]);
  return item?.error?.message.slice(0, longestReason) ?? 'no reason was recorded.';
}

async function hold(queries: Queries, batchId: number, held: Omit<Hold, 'at'>) {
  await holdBatch(queries, batchId, held);
  return (await findHold(queries, batchId)) ?? null;
}
