import type { Database, Queries } from '../database/database.js';

/** What the gate of a batch has decided. */
export interface Release {
  /** Items that workers may take now. */
  ids: number[];
  /** Most jobs under way at a time, of all workers together. */
  concurrency: number;
  /** Items that were released before and are not settled. */
  unsettled: number;
  /** Whether items are left that were not released. */
  hasMore: boolean;
  /** Whether the next item could bring the cost above `maxCost`. */
  isOverBudget: boolean;
  /** The next items, where the budget waits for their estimates. */
  unpriced: number[];
  /** How long the batch is paused because of a 429, in ms. */
  pausedForMs: number;
}

interface Gate {
  concurrency: number;
  submitsPerSecond: number | null;
  maxCost: number | null;
  tokens: number;
  secondsSinceTokens: number;
  /** Above 0 while the batch is paused. */
  pausedForSeconds: number | null;
}

/** Items that are released at a time; a chunk of submits goes out in as few requests as possible. */
const largestRelease = 500;
/** After a pause the rate begins at one in a second and doubles each second, for so long. */
const rampSeconds = 10;

/**
 * Decides how many items may begin, for all workers together: the row of the batch is locked, so that
 * one worker decides at a time. Releases as many as concurrency, rate, budget and pauses allow.
 */
export function releaseItems(database: Database, batchId: number): Promise<Release> {
  return database.transaction(async (queries) => {
    const gate = await lockGate(queries, batchId);
    const { underWay, unsettled } = await countReleased(queries, batchId);
    const { concurrency, maxCost } = gate;
    const pausedForMs = Math.max(0, Math.ceil((gate.pausedForSeconds ?? 0) * 1000));
    const { tokens, rate } = refill(gate);
    const room = Math.min(
      concurrency - underWay,
      // Those that wait for their download or for the disk take no place, but do not pile up either.
      2 * concurrency + 20 - unsettled,
      Math.floor(tokens),
      largestRelease,
      pausedForMs > 0 ? 0 : Infinity,
    );
    // One more, to know whether there are more.
    const next = await nextPlanned(queries, batchId, Math.max(room, 0) + 1);
    const candidates = next.slice(0, Math.max(room, 0));
    const { ids, isOverBudget, unpriced } =
      maxCost === null
        ? { ids: candidates.map(({ id }) => id), isOverBudget: false, unpriced: [] }
        : withinBudget(maxCost, await committedCost(queries, batchId), candidates);
    if (ids.length > 0) await markReleased(queries, ids);
    // Without a rate nothing is saved up; a row that says so already is not written again.
    if (ids.length > 0 || (rate === Infinity && gate.tokens !== 0)) {
      await queries.query('update sync3.batch set tokens = $2, tokens_at = now() where id = $1', [
        batchId,
        rate === Infinity ? 0 : tokens - ids.length,
      ]);
    }
    const hasMore = next.length > ids.length;
    return { ids, concurrency, unsettled, hasMore, isOverBudget, unpriced, pausedForMs };
  });
}

async function lockGate(queries: Queries, batchId: number): Promise<Gate> {
  const [gate] = await queries.query<Gate>(
    `select concurrency, tokens,
      submits_per_second as "submitsPerSecond",
      max_cost as "maxCost",
      extract(epoch from now() - tokens_at)::double precision as "secondsSinceTokens",
      extract(epoch from paused_until - now())::double precision as "pausedForSeconds"
    from sync3.batch where id = $1 for update`,
    [batchId],
  );
  return gate as Gate;
}

async function countReleased(queries: Queries, batchId: number) {
  const [counts] = await queries.query<{ underWay: number; unsettled: number }>(
    `select count(*) as unsettled, count(*) filter (where rendered_at is null) as "underWay"
    from sync3.item where batch_id = $1 and released_at is not null and settled_at is null`,
    [batchId],
  );
  return counts ?? { underWay: 0, unsettled: 0 };
}

/** The submits that the rate allows by now, at most those of a second. */
function refill(gate: Gate): { tokens: number; rate: number } {
  const { submitsPerSecond, pausedForSeconds, tokens, secondsSinceTokens } = gate;
  const sincePause = pausedForSeconds === null ? Infinity : -pausedForSeconds;
  const ramp = sincePause < rampSeconds ? 2 ** Math.max(sincePause, 0) : Infinity;
  const rate = Math.min(submitsPerSecond ?? Infinity, ramp);
  if (rate === Infinity) return { tokens: Infinity, rate };
  return { tokens: Math.min(Math.max(rate, 1), tokens + secondsSinceTokens * rate), rate };
}

interface Candidate {
  id: number;
  /** USD. */
  estimatedCost: number | null;
}

function nextPlanned(queries: Queries, batchId: number, limit: number): Promise<Candidate[]> {
  return queries.query(
    `select id, estimated_cost as "estimatedCost" from sync3.item
    where batch_id = $1 and state = 'planned' and released_at is null order by id limit $2`,
    [batchId, limit],
  );
}

/**
 * USD that are spent, or may be: actual costs, and estimates of what was begun and has no actual cost,
 * also where it failed, as nobody knows whether a failed job is charged. Infinite while a job is under
 * way that has neither, as it was begun when there was no maximum.
 */
async function committedCost(queries: Queries, batchId: number): Promise<number> {
  const [row] = await queries.query<{ cost: number; isOpen: boolean }>(
    `select coalesce(sum(coalesce(actual_cost, estimated_cost)), 0) as cost,
      coalesce(bool_or(coalesce(actual_cost, estimated_cost) is null
        and rendered_at is null and settled_at is null), false) as "isOpen"
    from sync3.item
    where batch_id = $1
      and case when settled_at is null then released_at is not null or state <> 'planned'
        else submitted_at is not null end`,
    [batchId],
  );
  return row?.isOpen ? Infinity : (row?.cost ?? 0);
}

function withinBudget(maxCost: number, committed: number, candidates: readonly Candidate[]) {
  let cost = committed;
  const ids: number[] = [];
  for (const [index, { id, estimatedCost }] of candidates.entries()) {
    if (estimatedCost === null) {
      const unpriced = candidates.slice(index).filter((next) => next.estimatedCost === null);
      return { ids, isOverBudget: false, unpriced: unpriced.map((next) => next.id) };
    }
    cost += estimatedCost;
    // Sums of decimals as floating point: 0.1 + 0.2 shall not be above 0.3.
    if (cost > maxCost + 1e-9) return { ids, isOverBudget: true, unpriced: [] };
    ids.push(id);
  }
  return { ids, isOverBudget: false, unpriced: [] };
}

async function markReleased(queries: Queries, ids: readonly number[]): Promise<void> {
  await queries.query(
    `update sync3.item set released_at = now()
    where id in (select value::bigint from json_array_elements_text($1::text::json))`,
    [JSON.stringify(ids)],
  );
}
