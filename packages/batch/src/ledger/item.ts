import type { Parameter, Queries, QueryOptions } from '../database/database.js';
import type { ItemState } from './item-state.js';

/** A local file in the parameters of an item. */
export interface MediaReference {
  /** JSON Pointer of the place in the parameters, where the string `sha256:` and the hash stand. */
  pointer: string;
  /** SHA-256 of the file's content, in hex; the upload of this batch with that hash is meant. */
  sha256: string;
  /**
   * Where the file was when it was planned, absolute; a retry takes the file that is there then. Absent in
   * items of the first ledgers.
   */
  path?: string;
}

/** A result that has been written to disk. */
export interface DeliveredFile {
  /** Path relative to the output folder, with `/`. */
  name: string;
  /** Size of the file. */
  bytes: number;
  /** SHA-256 of the content, in hex. */
  sha256: string;
}

/** Why an item did not succeed. */
export interface ItemError {
  /** The API's code, or the name of the error. */
  code: string;
  /** A sentence. */
  message: string;
  /** Whether a new job may succeed; not when the parameters or a local file are the reason. */
  canRetry: boolean;
}

/** One row of the ledger. */
export interface Item {
  /** Counts up in the order of planning. */
  id: number;
  /** Name of the batch. */
  batch: string;
  /** Name of the manifest that it came from. */
  source: string;
  /** Line in the manifest, from 1. */
  line: number;
  /** Names the item within its batch. */
  key: string;
  /** SHA-256 of the parameters as they were given, normalised, in hex. */
  payloadHash: string;
  /** Of its job; follows from batch, key, payload hash and `retries`. */
  taskUUID: string;
  /** How often it was planned again, as a new job, after it had failed. */
  retries: number;
  /** How many of these a rule has asked for since a person last did. */
  automaticRetries: number;
  /** Parameters of the job (`LipsyncParams`), with `sha256:…` where local files are meant. */
  parameters: Record<string, unknown>;
  /** Where local files are meant in the parameters. */
  media: MediaReference[];
  /** Texts for people from the manifest (`note:…`), by their names; `null` when it has none. */
  notes: Readonly<Record<string, string | number | boolean>> | null;
  /** Name of the result in the output folder. With several it is the first of `outputs`, or their stem. */
  output: string;
  /**
   * Names of the results in the output folder, where the manifest names each. With `null` several results
   * are `clip.1of3.mp4` and so on.
   */
  outputs: readonly string[] | null;
  /** Where it stands. */
  state: ItemState;
  /**
   * Higher is begun first; among equals the order of planning holds. From -2^31 to 2^31 - 1.
   * @default 0
   */
  priority: number;
  /** Fencing token: one more at each take. An update with an older number changes nothing. */
  attempts: number;
  /** USD; `null` while unknown. */
  estimatedCost: number | null;
  /** USD; `null` while unknown. */
  actualCost: number | null;
  /** Results in the output folder. */
  files: DeliveredFile[];
  /** Why it did not succeed, or is looked at again; `null` otherwise. */
  error: ItemError | null;
  /** The worker that had it last. */
  workerId: string | null;
  /** When it was planned. */
  createdAt: Date;
  /** When anything of it was last recorded. */
  updatedAt: Date;
  /** When it was last given to the workers; `null` before. */
  queuedAt: Date | null;
  /** When the API had accepted its job. */
  submittedAt: Date | null;
  /** When it was known that the API had finished with it. */
  renderedAt: Date | null;
  /** When it was settled, with its files delivered. */
  settledAt: Date | null;
  /**
   * When it is looked at again, as it could not be settled; of a planned item, when it may be begun.
   * `null` when it waits for nothing.
   */
  nextLookAt: Date | null;
  /** How many looks in a row have not settled it. */
  looks: number;
}

/** How many results the job of an item is asked for. */
export function resultsOf({ parameters }: Pick<Item, 'parameters'>): number {
  return Number(parameters['numberResults'] ?? 1);
}

/** The columns of `sync3.item` as an `Item`, for `select` and `returning`; the table is `item`. */
export const itemColumns = `
  item.id,
  (select name from sync3.batch where batch.id = item.batch_id) as batch,
  (select source from sync3.plan where plan.id = item.plan_id) as source,
  item.line, item.key,
  item.payload_hash as "payloadHash",
  item.task_uuid::text as "taskUUID",
  item.retries, item.automatic_retries as "automaticRetries",
  item.parameters, item.media, item.notes, item.output, item.outputs,
  item.state,
  item.priority, item.attempts,
  item.estimated_cost as "estimatedCost",
  item.actual_cost as "actualCost",
  item.files, item.error,
  item.worker_id::text as "workerId",
  item.created_at as "createdAt",
  item.updated_at as "updatedAt",
  item.queued_at as "queuedAt",
  item.submitted_at as "submittedAt",
  item.rendered_at as "renderedAt",
  item.settled_at as "settledAt",
  item.next_look_at as "nextLookAt",
  item.looks`;

/** Items by their ids, as SQL; `$1` is the list of these as JSON text. */
export const isListed =
  'item.id in (select value::bigint from json_array_elements_text($1::text::json))';

/**
 * Reads items of the ledger.
 *
 * @param where condition on `item`, with `$1` and so on, and what may follow it (`order by`, `limit`).
 */
export function findItems(
  queries: Queries,
  where: string,
  parameters: readonly Parameter[] = [],
): Promise<Item[]> {
  const options: QueryOptions = { isIdempotent: true };
  return queries.query(`select ${itemColumns} from sync3.item where ${where}`, parameters, options);
}
