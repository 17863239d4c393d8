/**
 * Where an item stands.
 *
 * - `planned`: waits in the ledger.
 * - `queued`: given to the workers.
 * - `submitting`: a worker is about to submit it, or died while it did; the job may exist.
 * - `submitted`: the API has accepted the job, which is paid for.
 * - `rendered`: the API has finished with the job; its files are being delivered.
 * - `succeeded`, `partially-failed`, `failed`: all, some or none of its videos came.
 * - `ambiguous`: nobody can say whether the job was accepted, or what became of it. It is looked at
 *   again, and never submitted again by itself.
 */
export type ItemState =
  | 'planned'
  | 'queued'
  | 'submitting'
  | 'submitted'
  | 'rendered'
  | 'succeeded'
  | 'partially-failed'
  | 'failed'
  | 'ambiguous';

/**
 * Where an item may go from each state. Everything else is a mistake in the program. One that stays in
 * its state is looked at again later.
 */
const nextStates = {
  // It fails without a job when its media cannot be read, or the API refuses to price it.
  planned: ['queued', 'failed'],
  // Back to `planned` when the batch is held.
  queued: ['submitting', 'planned', 'failed'],
  // Back to `planned` only when it is certain that there is no job.
  submitting: ['submitting', 'submitted', 'planned', 'failed', 'ambiguous'],
  submitted: ['submitted', 'rendered', 'failed', 'ambiguous'],
  // Ambiguous when the API has forgotten the results before they were fetched.
  rendered: ['rendered', 'succeeded', 'partially-failed', 'failed', 'ambiguous'],
  ambiguous: ['ambiguous', 'planned', 'submitted', 'rendered', 'failed'],
  // Once more, as a new job: see `retryItem`.
  failed: ['planned'],
  succeeded: [],
  'partially-failed': [],
} as const satisfies Record<ItemState, readonly ItemState[]>;

/** All states, in the order of an item's life. */
export const itemStates = [
  'planned',
  'queued',
  'submitting',
  'submitted',
  'rendered',
  'succeeded',
  'partially-failed',
  'failed',
  'ambiguous',
] as const satisfies readonly ItemState[];

/** As SQL: begun and not settled. The index `item_under_way` has just these items. */
export const isUnderWay = `state in ('queued', 'submitting', 'submitted', 'rendered', 'ambiguous')`;

/** Whether an item may go from one state to another. */
export function isLegalMove(from: ItemState, to: ItemState): boolean {
  return (nextStates[from] as readonly ItemState[]).includes(to);
}
