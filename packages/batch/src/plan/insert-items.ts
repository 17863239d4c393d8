import type { Queries } from '../database/database.js';
import { taskUUIDOf } from '../ledger/task-uuid.js';
import type { CheckedItem } from '../manifest/check-item.js';
import type { LineProblem } from '../manifest/line-problem.js';

/** The plan that items are part of. */
export interface Plan {
  id: number;
  batchId: number;
  batch: string;
}

/** What has become of some items. */
export interface InsertResult {
  /** Items that are new in the ledger. */
  planned: number;
  /** Items that an earlier plan has already. */
  known: number;
  /** Items that an earlier line of this plan has already. */
  repeated: number;
  /** Items that contradict another. */
  problems: LineProblem[];
}

/** Writes items into the ledger, all at once, and says which contradict what is there. */
export async function insertItems(
  queries: Queries,
  plan: Plan,
  items: readonly CheckedItem[],
): Promise<InsertResult> {
  const result: InsertResult = { planned: 0, known: 0, repeated: 0, problems: [] };
  if (items.length === 0) return result;
  const rows = items.map(({ line, key, payloadHash, parameters, media, output, outputFolded }) => ({
    line,
    key,
    payload_hash: payloadHash,
    task_uuid: taskUUIDOf({ batch: plan.batch, key, payloadHash, retries: 0 }),
    // As texts: what is JSON stays just as it is.
    parameters,
    media: JSON.stringify(media),
    output,
    output_folded: outputFolded,
  }));
  const inserted = await queries.query<{ line: number }>(
    `insert into sync3.item (
      batch_id, plan_id, line, key, payload_hash, task_uuid, parameters, media, output, output_folded
    )
    select $2, $3, line, key, payload_hash, task_uuid, parameters::json, media::json, output, output_folded
    from json_to_recordset($1::text::json) as given(
      line integer, key text, payload_hash text, task_uuid uuid, parameters text, media text,
      output text, output_folded text
    )
    order by line
    on conflict do nothing
    returning line`,
    [JSON.stringify(rows), plan.batchId, plan.id],
  );
  result.planned = inserted.length;
  if (inserted.length < items.length) {
    const isNew = new Set(inserted.map(({ line }) => line));
    await compare(
      queries,
      plan,
      items.filter(({ line }) => !isNew.has(line)),
      result,
    );
  }
  await insertUploads(queries, plan, items);
  return result;
}

/** What the ledger has already under the key, and under the output name, of an item. */
interface Known {
  line: number;
  isSamePayload: boolean | null;
  isSameOutput: boolean | null;
  isThisPlan: boolean | null;
  place: string | null;
  keyOutput: string | null;
  outputPlace: string | null;
}

async function compare(
  queries: Queries,
  plan: Plan,
  items: readonly CheckedItem[],
  result: InsertResult,
): Promise<void> {
  const rows = items.map(({ line, key, payloadHash, output, outputFolded }) => ({
    line,
    key,
    payload_hash: payloadHash,
    output,
    output_folded: outputFolded,
  }));
  const placeOf = (item: string, itsPlan: string) => `
    case when ${item}.plan_id = $3 then 'line ' || ${item}.line
    else 'line ' || ${item}.line || ' of ' || ${itsPlan}.source || ', planned ' ||
      to_char(${itsPlan}.planned_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC'
    end`;
  // The same parameters with another extension: the API's default of `outputFormat` has changed since
  // the item was planned. It keeps its name.
  const nameOf = (output: string) => `regexp_replace(${output}, '\\.[^./]*$', '')`;
  const known = await queries.query<Known>(
    `select
      given.line,
      same_key.payload_hash = given.payload_hash as "isSamePayload",
      ${nameOf('same_key.output')} = ${nameOf('given.output')} as "isSameOutput",
      same_key.plan_id = $3 as "isThisPlan",
      same_key.output as "keyOutput",
      ${placeOf('same_key', 'key_plan')} as place,
      ${placeOf('same_output', 'output_plan')} as "outputPlace"
    from json_to_recordset($1::text::json) as given(
      line integer, key text, payload_hash text, output text, output_folded text
    )
    left join sync3.item same_key on same_key.batch_id = $2 and same_key.key = given.key
    left join sync3.plan key_plan on key_plan.id = same_key.plan_id
    left join sync3.item same_output
      on same_output.batch_id = $2 and same_output.output_folded = given.output_folded
    left join sync3.plan output_plan on output_plan.id = same_output.plan_id
    order by given.line`,
    [JSON.stringify(rows), plan.batchId, plan.id],
  );
  const byLine = new Map(items.map((item) => [item.line, item]));
  for (const { line, ...found } of known) {
    const { key = '', output = '' } = byLine.get(line) ?? {};
    const report = (pointer: string, reason: string) => {
      result.problems.push({ line, pointer, reason, severity: 'error' });
    };
    if (found.isSamePayload === false) {
      report(
        '/key',
        `The key "${key}" has other parameters in ${found.place}. Give it another key.`,
      );
    } else if (found.isSamePayload && !found.isSameOutput) {
      const other = `It is the item of ${found.place}, whose output is "${found.keyOutput}"`;
      report('/output', `${other}. Give the same output, or another key for another job.`);
    } else if (found.isSamePayload) {
      if (found.isThisPlan) result.repeated += 1;
      else result.known += 1;
    } else {
      report('/output', `The output "${output}" is also that of ${found.outputPlace}.`);
    }
  }
}

async function insertUploads(
  queries: Queries,
  { batchId }: Plan,
  items: readonly CheckedItem[],
): Promise<void> {
  const files = new Map(items.flatMap((item) => item.files).map((file) => [file.sha256, file]));
  if (files.size === 0) return;
  await queries.query(
    // A file that has not been stored yet is looked for where it was seen last.
    `insert into sync3.upload (batch_id, sha256, path, bytes)
    select $2, sha256, path, bytes
    from json_to_recordset($1::text::json) as given(sha256 text, path text, bytes bigint)
    on conflict (batch_id, sha256) do update set path = excluded.path, updated_at = now()
      where upload.state <> 'stored' and upload.path <> excluded.path`,
    [JSON.stringify([...files.values()]), batchId],
  );
}
