import { hostname } from 'node:os';
import type { Hold } from '../ledger/hold.js';
import { type ItemState, itemStates } from '../ledger/item-state.js';
import type { Figures } from './read-figures.js';

/** Whether a batch is being worked on as it should. */
export interface Health {
  /** `fault` while there are `faults`. */
  status: 'ok' | 'fault';
  /** Name of the batch. */
  batch: string;
  /**
   * What is wrong:
   *
   * - `database`: it has a fault, or has not answered within three seconds.
   * - `held`: no job is begun until somebody lets the batch go on; see `held`.
   * - `heartbeat`: items are left, and no worker has given a sign of life for ten seconds.
   */
  faults: ('database' | 'held' | 'heartbeat')[];
  /** Why it is held; `null` while it is not. The message is in `sync3 batch status`. */
  held: Omit<Hold, 'message'> | null;
  /** How many items are in each state; `null` while the database does not answer. */
  items: Record<ItemState, number> | null;
  /** How many workers are alive; `null` while the database does not answer. */
  workers: number | null;
}

const settled: readonly ItemState[] = ['succeeded', 'partially-failed', 'failed'];

/**
 * How well a batch is.
 *
 * @param figures of it; `undefined` while the database does not answer.
 * @param isOwn whether the sign of life has to be of a worker in this process.
 */
export function healthOf(batch: string, figures: Figures | undefined, isOwn: boolean): Health {
  if (!figures) {
    const unknown = { held: null, items: null, workers: null };
    return { status: 'fault', batch, faults: ['database'], ...unknown };
  }
  const { counts, held, workers } = figures;
  const isLeft = itemStates.some((state) => !settled.includes(state) && counts[state] > 0);
  const isAlive = workers.some(
    ({ host, pid }) => !isOwn || (host === hostname() && pid === process.pid),
  );
  const faults: Health['faults'] = [
    ...(held ? (['held'] as const) : []),
    ...(isLeft && !isAlive ? (['heartbeat'] as const) : []),
  ];
  return {
    status: faults.length > 0 ? 'fault' : 'ok',
    batch,
    faults,
    held: held && withoutMessage(held),
    items: counts,
    workers: workers.length,
  };
}

/** A message may name files of this machine, which other users of it shall not read. */
function withoutMessage({ message: _, ...held }: Hold): Omit<Hold, 'message'> {
  return held;
}
