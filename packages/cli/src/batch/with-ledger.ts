import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '@sync3/batch';
import { CommandError } from '../command-error.js';
import type { Ending } from '../exit-codes.js';
import { type LedgerPlace, ledgerPlace } from './ledger-place.js';
import { keepMemorySmall } from './small-memory.js';

/** How a ledger is opened. */
interface OpenOptions {
  /** Whether a directory that holds no ledger is an error, instead of becoming one. */
  mustExist: boolean;
  /** Whether it is worked on: no other process may do so in the same directory. */
  isWorker?: boolean;
  /** Has fired when Ctrl-C was pressed. */
  signal?: AbortSignal;
  /** Told that a directory becomes a ledger, which takes seconds on a busy machine. */
  onNew?: (directory: string) => void;
}

/**
 * Opens the ledger of a batch for as long as `work` takes.
 *
 * @throws {CommandError} there is none.
 * @throws {AbortError} the signal fired before it was open.
 * @throws what `openDatabase` and `work` throw.
 */
export async function withLedger(
  options: LedgerPlace,
  { mustExist, isWorker = false, signal, onNew }: OpenOptions,
  work: (database: Database) => Promise<Ending>,
): Promise<Ending> {
  const place = ledgerPlace(options);
  if ('directory' in place && !(await isLedger(place.directory))) {
    if (mustExist) throw noBatch(place.directory);
    onNew?.(place.directory);
  }
  keepMemorySmall();
  // Loaded when it is wanted: it takes a while.
  const { openDatabase } = await import('@sync3/batch');
  signal?.throwIfAborted();
  const access = isWorker ? 'own' : 'visit';
  const database = await openDatabase({ ...place, access });
  try {
    signal?.throwIfAborted();
    return await work(database);
  } finally {
    await database.close();
  }
}

async function isLedger(directory: string): Promise<boolean> {
  const stats = await stat(join(directory, 'pglite')).catch(() => undefined);
  return stats?.isDirectory() ?? false;
}

function noBatch(directory: string): CommandError {
  const next = 'Plan one with `sync3 batch run <manifest>`, or name where it is with --database.';
  return new CommandError(`There is no batch in "${directory}".`, next);
}
