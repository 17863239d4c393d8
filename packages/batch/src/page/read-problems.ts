import type { Queries } from '../database/database.js';
import { type ItemState, isUnderWay } from '../ledger/item-state.js';
import { readableError } from '../ledger/readable-error.js';

/** An item among others that have the same error. */
interface ProblemItem {
  key: string;
  /** Name of the manifest that it came from, and the line in it, from 1. */
  source: string;
  line: number;
  taskUUID: string;
}

/** Items of one state with the same error. */
export interface ProblemGroup {
  state: Extract<ItemState, 'failed' | 'partially-failed' | 'submitted' | 'rendered' | 'ambiguous'>;
  /** Empty when nothing was recorded. */
  code: string;
  /** Without what differs between items: UUIDs and the quoted key are left out. */
  message: string;
  /** How many. */
  items: number;
  /** The first of them. */
  examples: ProblemItem[];
  /** Whether a new job may succeed for some of them. */
  canRetry: boolean;
  /** How many groups its state has. */
  groups: number;
}

const mostGroups = 50;
const mostExamples = 20;
const longestMessage = 1000;

/**
 * Groups what went wrong by error, in the database: for each state the fifty most frequent errors,
 * each with its first twenty items. Items that are under way count when they are looked at again.
 */
export function readProblems(queries: Queries, batchId: number): Promise<ProblemGroup[]> {
  return queries.query(
    `with problem as (
      select id, state, key, plan_id, line, task_uuid,
        ${readableError} as error
      from (
        select * from sync3.item where batch_id = $1 and state in ('failed', 'partially-failed')
        union all
        select * from sync3.item where batch_id = $1 and ${isUnderWay} and (
          state = 'ambiguous' or (state in ('submitted', 'rendered') and error is not null)
        )
      ) as item
    ),
    told as (
      select id, state, key, plan_id, line, task_uuid,
        coalesce(error ->> 'canRetry', '') <> 'false' as can_retry,
        coalesce(left(error ->> 'code', 200), '') as code,
        coalesce(left(replace(
          regexp_replace(
            error ->> 'message', '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', '\u2026', 'gi'
          ),
          '"' || key || '"', '"\u2026"'
        ), $4), '') as message
      from problem
    ),
    numbered as (
      select *, row_number() over (partition by state, code, message order by id) as number
      from told
    ),
    grouped as (
      select state, code, message, count(*) as items, bool_or(can_retry) as can_retry,
        json_agg(json_build_object(
          'key', key,
          'source', (select source from sync3.plan where plan.id = plan_id),
          'line', line,
          'taskUUID', task_uuid
        ) order by number) filter (where number <= $2) as examples
      from numbered group by state, code, message
    ),
    ranked as (
      select *,
        row_number() over (partition by state order by items desc, code, message) as rank,
        count(*) over (partition by state) as groups
      from grouped
    )
    select state, code, message, items, can_retry as "canRetry", examples, groups
    from ranked where rank <= $3 order by state, rank`,
    [batchId, mostExamples, mostGroups, longestMessage],
    { isIdempotent: true },
  );
}
