import type { Queries } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import type { ItemError } from '../ledger/item.js';
import type { ItemState } from '../ledger/item-state.js';
import { changeSelected, type ItemSelection, refusals, type SteerSummary } from './selection.js';

/** With what a cancelled item fails. A retry has to name it. */
const cancelled: ItemError = {
  code: 'cancelled',
  message: 'It was cancelled before it was submitted; nothing was paid for it.',
  canRetry: false,
};

/**
 * Cancels items before they are submitted: those that are `planned` or `queued` fail with the code
 * `cancelled`, without a job. What was submitted cannot be cancelled: the API has no way to, and it is
 * paid for. Without keys all that is left is cancelled.
 *
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function cancelItems(
  queries: Queries,
  items: ItemSelection = {},
): Promise<SteerSummary> {
  const batchId = await findBatch(queries, items.batch ?? 'default');
  const changed = await changeSelected(
    queries,
    { batchId, items },
    // A worker that takes a queued item locks its row: one of the two comes first.
    `item.state in ('planned', 'queued')`,
    `cancelled as (
      update sync3.item set
        state = 'failed', error = $4::text::json, next_look_at = null, looks = 0, last_move = null,
        settled_at = now(), updated_at = now()
      from chosen where item.id = chosen.id
      returning item.id, item.key
    ),
    noted as (
      insert into sync3.move (item_id, state, code, message)
      select id, 'failed', $5, $6 from cancelled order by id
    )
    select key from cancelled`,
    [JSON.stringify(cancelled), cancelled.code, cancelled.message],
  );
  return {
    changed: changed.size,
    refused: await refusals(queries, batchId, items.keys, changed, reasonOf),
  };
}

function reasonOf(state: ItemState): string {
  switch (state) {
    case 'submitting':
    case 'ambiguous':
      return 'Its job may have been submitted: the API cannot cancel it, and it may be paid for.';
    case 'submitted':
    case 'rendered':
      return 'Its job was submitted: the API cannot cancel it, and it is paid for.';
    case 'failed':
      return 'It has failed already; it is submitted again only when somebody asks for that.';
    default:
      return 'It is done.';
  }
}
