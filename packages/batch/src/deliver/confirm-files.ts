import pLimit from 'p-limit';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { type DeliveredFile, findItems } from '../ledger/item.js';
import type { Worker } from '../work/worker.js';
import { restoreItem } from './restore-item.js';

const checksAtOnce = 16;
/** Rows that are in memory at a time. */
const pageSize = 1_000;

interface Delivered {
  id: number;
  key: string;
  files: DeliveredFile[];
}

/**
 * Looks whether the files of all delivered items of a batch are there, with the size that the ledger
 * says, and downloads again what is not. Contents are not read; see `restoreFiles` for that.
 *
 * @returns how many items have a file that is missing and cannot be had again.
 * @throws {DatabaseUnavailableError} the database is gone.
 * @throws what the signal was aborted with.
 */
export async function confirmFiles(
  worker: Worker,
  batchId: number,
  signal: AbortSignal,
): Promise<number> {
  const { database, place, tell } = worker;
  let missing = 0;
  const confirm = async ({ id, key, files }: Delivered) => {
    signal.throwIfAborted();
    const found = await Promise.all(files.map((file) => isThere(worker, file, signal)));
    if (found.every(Boolean)) return;
    try {
      const [item] = await findItems(database, 'id = $1', [id]);
      if (item) await restoreItem(database, worker, item, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (DatabaseUnavailableError.is(error)) throw error;
      missing += 1;
      const message = `A result was delivered, is missing, and cannot be had again: ${(error as Error).message}`;
      tell({ event: 'warning', key, message });
    }
  };
  // The output folder may have been removed as a whole.
  await place.prepare().catch(() => {});
  for (let last = 0; ; ) {
    const page = await database.query<Delivered>(
      `select id, key, files from sync3.item
      where batch_id = $1 and state in ('succeeded', 'partially-failed') and id > $2
      order by id limit $3`,
      [batchId, last, pageSize],
      { isIdempotent: true },
    );
    if (page.length === 0) return missing;
    last = page.at(-1)?.id ?? last;
    await pLimit(checksAtOnce).map(page, confirm);
  }
}

/** A place that does not answer is waited for: what cannot be looked at is not missing. */
async function isThere(
  { place, disk }: Worker,
  { name, bytes }: DeliveredFile,
  signal: AbortSignal,
): Promise<boolean> {
  const size = disk.whileBlocked(() => place.sizeOf(name), place, signal);
  return (await size.catch(() => undefined)) === bytes;
}
