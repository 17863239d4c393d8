import { taskUUIDOf } from '../ledger/task-uuid.js';
import type { CheckedItem } from '../manifest/check-item.js';
import { foldedName } from '../manifest/output-name.js';

/** The plan that items are part of. */
export interface Plan {
  id: number;
  batchId: number;
  batch: string;
  /** Name of the manifest. */
  source: string;
}

/** An item as a row of `sync3.item`, for `json_to_recordset`. */
export type ItemRow = ReturnType<typeof itemRow>;

/** The row of an item, which names the job that follows from it. */
export function itemRow({ batch }: Plan, item: CheckedItem, retries: number) {
  const { line, key, payloadHash, parameters, media, output, outputFolded, outputs, notes } = item;
  return {
    line,
    key,
    payload_hash: payloadHash,
    task_uuid: taskUUIDOf({ batch, key, payloadHash, retries }),
    retries,
    // As texts: what is JSON stays just as it is.
    parameters,
    media: JSON.stringify(media),
    output,
    output_folded: outputFolded,
    outputs: outputs && JSON.stringify(outputs),
    outputs_folded: outputs && JSON.stringify(outputs.map(foldedName)),
    notes,
  };
}

/** The types of an `ItemRow` for `json_to_recordset(…) as given(…)`. */
export const itemRowTypes = `line integer, key text, payload_hash text, task_uuid uuid, retries integer,
  parameters text, media text, output text, output_folded text, outputs text,
  outputs_folded text, notes text`;
