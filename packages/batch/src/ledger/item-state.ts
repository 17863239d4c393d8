/**
 * Where an item stands.
 *
 * - `planned`: to be submitted.
 * - `submitting`: a worker is about to submit it, or died while it did; the job may exist.
 * - `submitted`: the API has accepted the job, which is paid for.
 * - `succeeded`, `partially-failed`, `failed`: all, some or none of its videos came.
 * - `ambiguous`: nobody can say whether the job was accepted. It is not submitted again by itself.
 */
export type ItemState =
  | 'planned'
  | 'submitting'
  | 'submitted'
  | 'succeeded'
  | 'partially-failed'
  | 'failed'
  | 'ambiguous';

/** Where an item may go from each state. Everything else is a mistake in the program. */
const nextStates = {
  // It fails without a job when its media cannot be read.
  planned: ['submitting', 'failed'],
  // Back to `planned` only when it is certain that there is no job; finished at once when the job of a
  // worker that died is found finished.
  submitting: ['submitted', 'planned', 'succeeded', 'partially-failed', 'failed', 'ambiguous'],
  submitted: ['succeeded', 'partially-failed', 'failed', 'ambiguous'],
  ambiguous: ['planned', 'submitted', 'succeeded', 'partially-failed', 'failed'],
  // Once more, as a new job, because somebody asked for it: see `retryItem`.
  failed: ['planned'],
  succeeded: [],
  'partially-failed': [],
} as const satisfies Record<ItemState, readonly ItemState[]>;

/** All states, in the order of an item's life. */
export const itemStates = [
  'planned',
  'submitting',
  'submitted',
  'succeeded',
  'partially-failed',
  'failed',
  'ambiguous',
] as const satisfies readonly ItemState[];

/** Whether an item may go from one state to another. */
export function isLegalMove(from: ItemState, to: ItemState): boolean {
  return (nextStates[from] as readonly ItemState[]).includes(to);
}
