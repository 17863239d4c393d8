import type { Queries } from '../database/database.js';
import { insertUploads } from '../ledger/uploads.js';
import type { CheckedItem } from '../manifest/check-item.js';
import type { LineProblem } from '../manifest/line-problem.js';
import { itemRow, itemRowTypes, type Plan } from './item-row.js';
import { matchItems } from './match-items.js';

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

/**
 * Writes new items into the ledger, all at once, and notes what the others are to the items that are
 * there: see `matchItems`.
 */
export async function insertItems(
  queries: Queries,
  plan: Plan,
  items: readonly CheckedItem[],
): Promise<InsertResult> {
  if (items.length === 0) return { planned: 0, known: 0, repeated: 0, problems: [] };
  const rows = items.map((item) => itemRow(plan, item, 0));
  const inserted = await queries.query<{ line: number }>(
    `insert into sync3.item (
      batch_id, plan_id, line, key, payload_hash, task_uuid, parameters, media, output, output_folded,
      outputs, outputs_folded, notes
    )
    select $2, $3, line, key, payload_hash, task_uuid, parameters::json, media::json, output, output_folded,
      outputs::json, outputs_folded::json, notes::json
    from json_to_recordset($1::text::json) as given(${itemRowTypes})
    order by line
    on conflict do nothing
    returning line`,
    [JSON.stringify(rows), plan.batchId, plan.id],
  );
  const isNew = new Set(inserted.map(({ line }) => line));
  const others = items.filter(({ line }) => !isNew.has(line));
  const matched = await matchItems(queries, plan, others);
  await insertUploads(
    queries,
    plan.batchId,
    items.flatMap(({ files }) => files),
  );
  return { planned: inserted.length, ...matched };
}
