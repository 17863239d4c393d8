import { BatchError, kind } from '../errors/batch-error.js';

/** One item that a plan treats in another way than to add it. */
export interface PlanChange {
  /**
   * - `changed`: its job was never submitted, or has failed; it is replaced by the line as it is now.
   * - `dropped`: its job was never submitted, and its line is gone; it is removed from the batch.
   * - `again`: its line, which names no key, was changed after its job had been submitted. The line as it
   *   is now is a further item, which is paid for besides.
   */
  change: 'changed' | 'dropped' | 'again';
  /** The key that the item had. */
  key: string;
  /** The line that it had in the manifest of its plan, from 1. */
  line: number;
  /** Whether a job of it has failed; the changed line is then a new job. */
  hasFailed: boolean;
}

/** How a plan differs from what the batch has already. */
export interface PlanDifference {
  /** Items that are new in the batch. */
  added: number;
  /** Items that are replaced by the line as it is now. */
  changed: number;
  /** Items that are removed, as their line is gone. */
  dropped: number;
  /** Items among the added ones that are another version of an item whose job was submitted. */
  again: number;
  /** The first of those that are not simply added, at most 100 of each kind. */
  changes: readonly PlanChange[];
}

/** Most changes of a kind that are listed. */
export const longestList = 100;

/** Whether a plan does more than add items, so that somebody has to agree to it. */
export function needsConsent({ changed, dropped, again }: PlanDifference): boolean {
  return changed + dropped + again > 0;
}

/**
 * Thrown when a plan would change or remove items that an earlier plan has made, or pay for a further
 * version of one, and nobody has agreed to that. Nothing was planned. `difference` says what would
 * change; plan again with `acceptChanges` to go on.
 */
export class PlanChangesError extends BatchError {
  static override readonly [kind] = 'PlanChangesError';

  /** What the plan would have done. */
  readonly difference: PlanDifference;

  constructor(difference: PlanDifference) {
    const { changed, dropped, again } = difference;
    super(
      `The plan changes ${changed} and removes ${dropped} items that wait in the batch, and ` +
        `${again} items are paid for in a further version. Nothing was planned. Agree with acceptChanges.`,
    );
    this.difference = difference;
  }
}
