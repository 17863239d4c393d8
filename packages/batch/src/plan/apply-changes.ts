import type { Queries } from '../database/database.js';
import { withoutJob } from '../ledger/without-job.js';
import type { LineProblem } from '../manifest/line-problem.js';
import { itemRowTypes, type Plan } from './item-row.js';
import { longestList, type PlanChange } from './plan-difference.js';

/** What was done to items of earlier plans. */
export interface AppliedChanges {
  changed: number;
  dropped: number;
  again: number;
  /** Items of this plan that are not new, but another version of one that is dropped or replaced. */
  versions: number;
  changes: PlanChange[];
  /** Lines that could not replace their item. */
  problems: LineProblem[];
}

/** Items that have no job; one that failed before them stays counted in the row of the batch. */
const neverSubmitted = `item.state in ('planned', 'queued')`;
/** Items of earlier plans of the manifest `$3` that no line of the plan `$2` has named. */
const isUnnamed = `item.batch_id = $1 and item.plan_id <> $2
  and item.plan_id in (select id from sync3.plan where batch_id = $1 and source = $3)
  and not exists (select from sync3_given where item_id = item.id)`;
/**
 * Items without a key of their own whose line is another item in this plan: what stood in the line was
 * changed.
 */
const versions = `
  select item.id, item.key, item.line, item.state, item.submitted_at, item.retries, version.id as version_id
  from sync3.item
  join sync3.item version on version.batch_id = item.batch_id and version.plan_id = $2
    and version.line = item.line and version.key = version.payload_hash
  where ${isUnnamed} and item.key = item.payload_hash`;

/** Whether the manifest is an earlier one that was edited, and not just another of the same name. */
const isEdited = 'exists (select from sync3_given)';

/**
 * Makes the batch follow the manifest, at the end of a plan: replaces the items that its lines change,
 * and removes those whose lines are gone. An item that a worker has begun meanwhile stays as it is.
 *
 * @param isWhole whether the plan is all of its manifest, so that what it does not name is gone.
 */
export async function applyChanges(
  queries: Queries,
  plan: Plan,
  isWhole: boolean,
): Promise<AppliedChanges> {
  const where = [plan.batchId, plan.id, plan.source];
  const changes: PlanChange[] = [];
  let again = 0;
  let dropped = 0;
  let versionsOfDropped = 0;
  let versionsOfFailed = 0;
  // The planner of queries knows nothing of rows that are so new.
  await queries.query('analyze sync3_given');
  await queries.query('analyze sync3.item');
  if (isWhole) {
    versionsOfFailed = await takeOverFailed(queries, where);
    const list = await queries.query<PlanChange & { count: number }>(
      `select 'again' as change, key, line, false as "hasFailed", count(*) over () as count
      from (${versions}) item where state not in ('planned', 'queued', 'failed') and ${isEdited}
      order by line limit ${longestList}`,
      where,
    );
    again = list[0]?.count ?? 0;
    changes.push(...list.map(({ count: _, ...change }) => change));
  }
  const { changed, problems } = await replaceItems(
    queries,
    plan,
    async () => {
      if (!isWhole) return;
      const rows = await queries.query<{ key: string; line: number; isChanged: boolean }>(
        `with version as (${versions}),
      removed as (
        delete from sync3.item where ${isUnnamed} and ${neverSubmitted}
        returning item.id, item.key, item.line
      ),
      forgotten as (delete from sync3.move where item_id in (select id from removed))
      select key, line, id in (select id from version) as "isChanged" from removed order by line`,
        where,
      );
      for (const isChanged of [true, false]) {
        const some = rows.filter((row) => row.isChanged === isChanged);
        const change = isChanged ? 'changed' : 'dropped';
        for (const { key, line } of some.slice(0, longestList)) {
          changes.push({ change, key, line, hasFailed: false });
        }
        if (isChanged) versionsOfDropped = some.length;
        else dropped = some.length;
      }
    },
    changes,
  );
  return {
    changed: changed + versionsOfDropped,
    dropped,
    again,
    versions: versionsOfDropped + versionsOfFailed,
    changes,
    problems,
  };
}

/** A failed item without a key whose line was changed becomes that line; the ledger keeps its past. */
async function takeOverFailed(queries: Queries, where: (string | number)[]): Promise<number> {
  const taken = await queries.query<{ id: number }>(
    `with version as (select * from (${versions}) item where state = 'failed'),
    removed as (
      delete from sync3.item where id in (select version_id from version) returning item.*
    )
    insert into sync3_given
    select version.id, removed.line, removed.payload_hash, removed.output, json_build_object(
      'line', removed.line, 'key', removed.key, 'payload_hash', removed.payload_hash,
      'task_uuid', removed.task_uuid, 'retries', version.retries + 1,
      'parameters', removed.parameters::text, 'media', removed.media::text,
      'output', removed.output, 'output_folded', removed.output_folded,
      'outputs', removed.outputs::text, 'outputs_folded', removed.outputs_folded::text,
      'notes', removed.notes::text
    ), removed.outputs
    from removed join version on version.version_id = removed.id
    on conflict do nothing
    returning item_id as id`,
    where,
  );
  return taken.length;
}

const replacements = `select item_id, given.* from sync3_given,
  json_to_record(replacement) as given(${itemRowTypes}) where replacement is not null`;

/** @param removeOthers removes what is gone, so that its names are free. */
async function replaceItems(
  queries: Queries,
  { id, batchId }: Plan,
  removeOthers: () => Promise<void>,
  changes: PlanChange[],
): Promise<{ changed: number; problems: LineProblem[] }> {
  const problems: LineProblem[] = [];
  const report = (line: number, pointer: string, reason: string) => {
    problems.push({ line, pointer, reason, severity: 'error' });
  };
  // Keys and outputs go away first, as items may exchange them. No other begins with a slash.
  const found = await queries.query<{
    id: number;
    key: string;
    line: number;
    hasFailed: boolean;
  }>(
    `with old as (
      select id, key, line, state from sync3.item
      where id in (select item_id from sync3_given where replacement is not null)
        and state in ('planned', 'queued', 'failed')
      order by id for update
    )
    update sync3.item set output_folded = '/' || item.id, key = '/' || item.id || '/' || item.key
    from old where old.id = item.id
    returning item.id, old.key, old.line, old.state = 'failed' as "hasFailed"`,
  );
  for (const { id: _, ...change } of found.slice(0, longestList)) {
    changes.push({ change: 'changed', ...change });
  }
  await removeOthers();
  const begun = await queries.query<{ line: number }>(
    `select line from (${replacements}) given
    where item_id not in (select value::bigint from json_array_elements_text($1::text::json))`,
    [JSON.stringify(found.map((item) => item.id))],
  );
  for (const { line } of begun) {
    report(line, '', 'A worker has begun the item that this line changes. Plan again.');
  }
  const taken = await queries.query<{ line: number; output: string; place: number }>(
    `select given.line, given.output, other.line as place
    from (${replacements}) given join sync3.item other
      on other.batch_id = $1 and other.id <> given.item_id
        and (other.output_folded = given.output_folded or other.key = given.key)
    union all
    select given.line, given.output, other.line
    from (${replacements}) given join (${replacements}) other
      on other.line < given.line
        and (other.output_folded = given.output_folded or other.key = given.key)`,
    [batchId],
  );
  for (const { line, output, place } of taken) {
    report(line, '/output', `Its key, or its output "${output}", is also that of line ${place}.`);
  }
  if (problems.length > 0) return { changed: 0, problems };
  const moved = await queries.query<{ id: number }>(
    `with moved as (
      update sync3.item set
        plan_id = $1, line = given.line, key = given.key, payload_hash = given.payload_hash,
        task_uuid = given.task_uuid, retries = given.retries, parameters = given.parameters::json,
        media = given.media::json, output = given.output, output_folded = given.output_folded,
        outputs = given.outputs::json, outputs_folded = given.outputs_folded::json,
        notes = given.notes::json, automatic_retries = 0, next_look_at = null, ${withoutJob}
      from (${replacements}) given where item.id = given.item_id
      returning item.id, state
    ),
    noted as (insert into sync3.move (item_id, state) select id, state from moved)
    select id from moved`,
    [id],
  );
  return { changed: moved.length, problems };
}
