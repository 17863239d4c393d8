import { type Database, type DeliveredFile, type ItemState, planBatch } from '@sync3/batch';
import { clips } from '../plan/clips.ts';

/** What the ledger is to say of an item. */
export interface Told {
  state: ItemState;
  /** Minutes after `begin`. */
  submitted?: number;
  rendered?: number;
  settled?: number;
  /** USD. */
  estimate?: number;
  cost?: number;
  files?: DeliveredFile[];
  /** As JSON, when it is a string. */
  error?: { code: string; message: string } | string;
}

/** When the batches of these tests began. */
export const begin = new Date('2026-03-01T12:00:00Z');

/** A time so many minutes after the begin. */
export function after(minutes: number): Date {
  return new Date(begin.getTime() + minutes * 60_000);
}

/** Brings the sums of the batch up to what its items say, as the moves of a worker would have. */
async function sumUp(database: Database): Promise<void> {
  await database.query(
    `update sync3.batch set
      spent = coalesce((select sum(actual_cost) from sync3.item), 0),
      uncertain = coalesce((select sum(estimated_cost) from sync3.item
        where state = 'failed' and actual_cost is null), 0)`,
  );
}

/** Plans `clip-1`, `clip-2` and so on, and writes into the ledger what is told of each. */
export async function planItems(database: Database, told: readonly Told[]): Promise<void> {
  await planBatch(clips(told.length), database);
  for (const [index, item] of told.entries()) await tell(database, `clip-${index + 1}`, item);
  await sumUp(database);
}

/** Writes what is told of an item into the ledger. */
export async function tell(database: Database, key: string, told: Told): Promise<void> {
  const { state, submitted, rendered, settled, estimate, cost, files = [], error } = told;
  const at = (minutes: number | undefined) => (minutes === undefined ? null : after(minutes));
  await database.query(
    `update sync3.item set state = $2, submitted_at = $3, rendered_at = $4, settled_at = $5,
      estimated_cost = $6, actual_cost = $7, files = $8::text::json, error = $9::text::json
    where key = $1`,
    [
      key,
      state,
      at(submitted),
      at(rendered),
      at(settled),
      estimate ?? null,
      cost ?? null,
      JSON.stringify(files),
      typeof error === 'string' ? error : error ? JSON.stringify(error) : null,
    ],
  );
}

/** A file as the ledger tells of it. */
export function delivered(name: string): DeliveredFile {
  return { name, bytes: 1, sha256: 'f'.repeat(64) };
}
