import type { Parameter, Queries } from '../database/database.js';
import type { ItemState } from '../ledger/item-state.js';
import { errorCode } from '../ledger/readable-error.js';

/** The items that an action applies to. */
export interface ItemSelection {
  /** Name of the batch. @default 'default' */
  batch?: string | undefined;
  /** Only the items with these keys. @default all for which it can be done */
  keys?: readonly string[] | undefined;
  /** Only items whose error has this code. */
  code?: string | undefined;
}

/** What an action did. */
export interface SteerSummary {
  /** How many items were changed. */
  changed: number;
  /** Items that were named by key and not changed. */
  refused: Refusal[];
}

/** A named item that an action did not change. */
export interface Refusal {
  /** Key of the item, as it was passed. */
  key: string;
  /** The item's state; `undefined` when there is no such item. */
  state: ItemState | undefined;
  /** A sentence: why it was not changed, and what can be done instead. */
  reason: string;
}

/** The items of a selection, as SQL; its values are `selectedValues`. */
export const isSelected = `item.batch_id = $1
  and ($2::text is null or item.key in (select json_array_elements_text($2::text::json)))
  and ($3::text is null or ${errorCode} = $3)`;

/** The values of `isSelected`. */
export function selectedValues(batchId: number, { keys, code }: ItemSelection): Parameter[] {
  return [batchId, keys ? JSON.stringify(keys) : null, code ?? null];
}

/** Items that are changed in one statement: a worker on PGlite waits so long. */
const chunkSize = 1_000;

/**
 * Changes the selected items with one statement after the other.
 *
 * @param statement changes items; `chosen` are the rows of at most a thousand of them, and it returns
 * the key of each that it has changed.
 * @param isPossible condition on `item`, for which the statement does something.
 * @param further values from `$4` on.
 */
export async function changeSelected(
  queries: Queries,
  selection: { batchId: number; items: ItemSelection },
  isPossible: string,
  statement: string,
  further: readonly Parameter[] = [],
): Promise<Set<string>> {
  const changed = new Set<string>();
  const { batchId, items } = selection;
  for (;;) {
    const rows = await queries.query<{ key: string }>(
      `with chosen as (
        select item.id from sync3.item where ${isSelected} and ${isPossible}
        order by item.id limit ${chunkSize} for update
      ),
      ${statement}`,
      [...selectedValues(batchId, items), ...further],
    );
    // Fewer than a chunk may only mean that a worker has begun some of them meanwhile.
    if (rows.length === 0) return changed;
    for (const { key } of rows) changed.add(key);
  }
}

/**
 * Says why items that were named stay as they are.
 *
 * @param reasonOf the reason by the state in which an item is found.
 */
export async function refusals(
  queries: Queries,
  batchId: number,
  keys: readonly string[] | undefined,
  changed: ReadonlySet<string>,
  reasonOf: (state: ItemState) => string,
): Promise<Refusal[]> {
  const left = [...new Set(keys)].filter((key) => !changed.has(key));
  if (left.length === 0) return [];
  const rows = await queries.query<{ key: string; state: ItemState }>(
    `select key, state from sync3.item
    where batch_id = $1 and key in (select json_array_elements_text($2::text::json))`,
    [batchId, JSON.stringify(left)],
    { isIdempotent: true },
  );
  const stateOf = new Map(rows.map(({ key, state }) => [key, state]));
  return left.map((key) => {
    const state = stateOf.get(key);
    return { key, state, reason: state ? reasonOf(state) : 'There is no such item.' };
  });
}
