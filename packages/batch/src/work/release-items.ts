import type { Database, Queries } from '../database/database.js';
import { type BatchCosts, committedCost, readCosts } from '../ledger/costs.js';
import type { Hold } from '../ledger/hold.js';
import { isUnderWay } from '../ledger/item-state.js';
import { queueItems } from '../ledger/queue-items.js';
import { type Alike, alikeColumns, holdAlike } from './hold-alike.js';
import { longestPauseSeconds } from './pause-batch.js';

/** What the gate of a batch has decided. */
export interface Release {
  /** Items that workers may take now. */
  ids: number[];
  /** Most jobs under way at a time, of all workers together. */
  concurrency: number;
  /** Items under way that workers have or may take, without `ids`. */
  active: number;
  /** Items under way that are to be looked at later. */
  waiting: number;
  /** Whether items are left that were not begun. */
  hasMore: boolean;
  /** Whether all places are taken, so that something has to end before another item begins. */
  isFull: boolean;
  /** Whether the next item could bring the cost above `maxCost`. */
  isOverBudget: boolean;
  /** What the batch has cost and may cost; absent where there is no `maxCost`. */
  costs: BatchCosts | undefined;
  /** The next items, where the budget waits for their estimates. */
  unpriced: number[];
  /** How long the batch is paused because of a 429, in ms. */
  pausedForMs: number;
  /** Why nothing may begin; `null` when the batch is not held. */
  held: Hold | null;
  /** Whether the API has accepted a job since the run began. */
  isProven: boolean;
}

interface Gate extends Alike {
  concurrency: number;
  hasMaxCost: boolean;
  submitsPerSecond: number | null;
  tokens: number;
  secondsSinceTokens: number;
  /** Above 0 while the batch is paused. */
  pausedForSeconds: number | null;
}

/** Jobs under way at a time, while a budget has to be kept and nobody knows how wrong estimates are. */
const narrowPlaces = 2;
/** Items that are released at a time; a chunk of submits goes out in as few requests as possible. */
const largestRelease = 500;
/** Another worker's transaction may have begun later than this one and ended before it, by seconds. */
const mostSecondsAhead = 10;
/** After a pause the rate begins at one in a second and doubles each second, for so long. */
const rampSeconds = 10;

/**
 * Decides how many items may begin, for all workers together: the row of the batch is locked, so that
 * one worker decides at a time. Releases as many as concurrency, rate, budget and pauses allow.
 */
export function releaseItems(database: Database, batchId: number): Promise<Release> {
  return database.transaction(async (queries) => {
    const gate = await gateOf(queries, batchId);
    const held = await holdAlike(queries, batchId, gate);
    const { places, unsettled, active, waiting } = await countUnderWay(queries, batchId);
    const { concurrency, isProven } = gate;
    const pausedForMs = Math.max(0, Math.ceil((gate.pausedForSeconds ?? 0) * 1000));
    const { tokens, rate } = refill(gate);
    // A finished job frees its place. The second limits how many of them may wait for their download.
    const costs = gate.hasMaxCost ? await readCosts(queries, batchId) : undefined;
    const isNarrow = costs?.ratio === null;
    const free = Math.min(
      (isNarrow ? Math.min(narrowPlaces, concurrency) : concurrency) - places,
      2 * concurrency + 20 - unsettled,
    );
    const room = Math.min(
      free,
      Math.floor(tokens),
      largestRelease,
      pausedForMs > 0 || held ? 0 : Infinity,
    );
    // One more, to know whether there are more.
    const next = await nextPlanned(queries, batchId, Math.max(room, 0) + 1);
    const candidates = next.slice(0, Math.max(room, 0));
    const { ids, isOverBudget, unpriced } = withinBudget(costs, candidates);
    await queueItems(queries, ids);
    // Without a rate nothing is saved up; a row that says so already is not written again.
    if (ids.length > 0 || (rate === Infinity && gate.tokens !== 0)) {
      await queries.query('update sync3.batch set tokens = $2, tokens_at = now() where id = $1', [
        batchId,
        rate === Infinity ? 0 : tokens - ids.length,
      ]);
    }
    const hasMore =
      next.length > ids.length || (next.length === 0 && (await hasDelayed(queries, batchId)));
    return {
      ids,
      concurrency,
      active,
      waiting,
      hasMore,
      isFull: free <= 0,
      isOverBudget,
      costs,
      unpriced,
      pausedForMs,
      held,
      isProven,
    };
  });
}

/**
 * The gate, with its row locked. Where the clock of the database was set back, as that of PGlite is with
 * the machine's, times in the row lie far ahead; they are made what they can be at most.
 */
async function gateOf(queries: Queries, batchId: number): Promise<Gate> {
  const gate = await lockGate(queries, batchId);
  const isAhead =
    gate.secondsSinceTokens < -mostSecondsAhead ||
    (gate.pausedForSeconds ?? 0) > longestPauseSeconds + mostSecondsAhead;
  if (!isAhead) return gate;
  await queries.query(
    `update sync3.batch set tokens_at = least(tokens_at, now()),
      paused_until = case when paused_until is not null
        then least(paused_until, now() + make_interval(secs => $2)) end
    where id = $1`,
    [batchId, longestPauseSeconds],
  );
  return lockGate(queries, batchId);
}

async function lockGate(queries: Queries, batchId: number): Promise<Gate> {
  const [gate] = await queries.query<Gate>(
    `select concurrency, tokens, ${alikeColumns},
      max_cost is not null as "hasMaxCost",
      submits_per_second as "submitsPerSecond",
      extract(epoch from now() - tokens_at)::double precision as "secondsSinceTokens",
      extract(epoch from paused_until - now())::double precision as "pausedForSeconds"
    from sync3.batch where id = $1 for no key update`,
    [batchId],
  );
  return gate as Gate;
}

async function countUnderWay(queries: Queries, batchId: number) {
  const [counts] = await queries.query<{
    /** Jobs that the API has, or may have, and has not finished. */
    places: number;
    /** All but those whose job the API does not know. */
    unsettled: number;
    active: number;
    waiting: number;
  }>(
    `select
      count(*) filter (where state <> 'rendered' and not is_gone) as places,
      count(*) filter (where not is_gone) as unsettled,
      count(*) filter (where next_look_at is null) as active,
      count(*) filter (where next_look_at is not null) as waiting
    from sync3.item where batch_id = $1 and ${isUnderWay}`,
    [batchId],
  );
  return counts ?? { places: 0, unsettled: 0, active: 0, waiting: 0 };
}

/** The submits that the rate allows by now, at most those of a second. */
function refill(gate: Gate): { tokens: number; rate: number } {
  const { submitsPerSecond, pausedForSeconds, tokens, secondsSinceTokens } = gate;
  const sincePause = pausedForSeconds === null ? Infinity : -pausedForSeconds;
  const ramp = sincePause < rampSeconds ? 2 ** Math.max(sincePause, 0) : Infinity;
  const rate = Math.min(submitsPerSecond ?? Infinity, ramp);
  if (rate === Infinity) return { tokens: Infinity, rate };
  return {
    tokens: Math.min(Math.max(rate, 1), tokens + Math.max(secondsSinceTokens, 0) * rate),
    rate,
  };
}

/** Whether planned items are left that are not to be begun yet. */
async function hasDelayed(queries: Queries, batchId: number): Promise<boolean> {
  const rows = await queries.query(
    `select 1 from sync3.item
    where batch_id = $1 and state = 'planned' and next_look_at > now() limit 1`,
    [batchId],
  );
  return rows.length > 0;
}

interface Candidate {
  id: number;
  /** USD. */
  estimatedCost: number | null;
}

function nextPlanned(queries: Queries, batchId: number, limit: number): Promise<Candidate[]> {
  return queries.query(
    `select id, estimated_cost as "estimatedCost" from sync3.item
    where batch_id = $1 and state = 'planned' and (next_look_at is null or next_look_at <= now())
    order by priority desc, id limit $2`,
    [batchId, limit],
  );
}

/** @param costs absent when there is no budget. */
function withinBudget(costs: BatchCosts | undefined, candidates: readonly Candidate[]) {
  if (!costs) return { ids: candidates.map(({ id }) => id), isOverBudget: false, unpriced: [] };
  const { ratio } = costs;
  const maxCost = costs.maxCost ?? Infinity;
  let cost = committedCost(costs);
  const ids: number[] = [];
  for (const [index, { id, estimatedCost }] of candidates.entries()) {
    if (estimatedCost === null) {
      const unpriced = candidates.slice(index).filter((next) => next.estimatedCost === null);
      return { ids, isOverBudget: false, unpriced: unpriced.map((next) => next.id) };
    }
    cost += estimatedCost * (ratio ?? 1);
    // Sums of decimals as floating point: 0.1 + 0.2 shall not be above 0.3.
    if (cost > maxCost + 1e-9) return { ids, isOverBudget: true, unpriced: [] };
    ids.push(id);
  }
  return { ids, isOverBudget: false, unpriced: [] };
}
