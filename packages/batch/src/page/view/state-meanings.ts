import type { ItemState } from '../../ledger/item-state.js';

/** What each state means. States have one name each, here as in `batch status` and on every option. */
export const stateMeanings: Record<ItemState, string> = {
  planned: 'Waits in the ledger.',
  queued: 'Given to the workers.',
  submitting: 'A worker is sending it, or ended while it did; the next worker finds out.',
  submitted: 'The API has accepted the job.',
  rendered: 'The API has finished; its files are being delivered.',
  succeeded: 'All of its videos came.',
  'partially-failed': 'Some of its videos came.',
  failed: 'None of its videos came.',
  ambiguous:
    'Nobody can say what became of the job. It is looked at again, and never submitted again by itself.',
};

/** States that an item does not leave by itself. */
export const settledStates = [
  'succeeded',
  'partially-failed',
  'failed',
] as const satisfies ItemState[];

/** The states in the order of the bar: what is done, what went wrong, what goes on, what waits. */
export const barOrder = [
  ...settledStates,
  'ambiguous',
  'rendered',
  'submitted',
  'submitting',
  'queued',
  'planned',
] as const satisfies ItemState[];
