import type { Queries } from '../database/database.js';
import { type ItemState, itemStates } from '../ledger/item-state.js';
import { errorCode } from '../ledger/readable-error.js';

/** An item as the list shows it. */
export interface ItemRow {
  id: number;
  key: string;
  source: string;
  /** From 1. */
  line: number;
  state: ItemState;
  retries: number;
  /** USD; the estimate while the cost is unknown. */
  cost: number | null;
  isEstimate: boolean;
  /** Of its error; empty without one. */
  code: string;
  updatedAt: Date;
}

/** Which items are listed, in the order of planning. */
export interface RowFilter {
  /** `undefined` for all. */
  state: ItemState | undefined;
  /** Only items whose error has this code; `undefined` for all. */
  code: string | undefined;
  /** Only items whose key holds this text, in any case. */
  search: string;
}

/** A part of the list. */
export interface RowPage {
  rows: ItemRow[];
  /** All items that the filter finds. */
  total: number;
}

/** Most rows of a page. */
const mostRows = 100;

/** A filter as the query of a URL names it. */
export function filterOf(query: URLSearchParams): RowFilter {
  return {
    state: itemStates.find((state) => state === query.get('state')),
    code: query.get('code') ?? undefined,
    search: query.get('search') ?? '',
  };
}

/**
 * Reads a part of the list.
 *
 * @param offset rows before it.
 */
export async function readRows(
  queries: Queries,
  batchId: number,
  filter: RowFilter,
  offset: number,
): Promise<RowPage> {
  const { where, parameters } = conditionOf(batchId, filter);
  const rows = await queries.query<ItemRow>(
    // The rows before the part are passed over by their ids alone; reading them takes much longer.
    `select id, key, line, state, retries,
      (select source from sync3.plan where plan.id = plan_id) as source,
      coalesce(actual_cost, estimated_cost) as cost,
      actual_cost is null as "isEstimate",
      coalesce(${errorCode}, '') as code,
      updated_at as "updatedAt"
    from sync3.item where id = any(array(
      select id from sync3.item where ${where}
      order by ${order(filter)} offset $${parameters.length + 1} limit ${mostRows}
    ))
    order by ${order(filter)}`,
    [...parameters, offset],
    { isIdempotent: true },
  );
  const [count] = await queries.query<{ total: number }>(
    `select count(*) as total from sync3.item where ${where}`,
    parameters,
    { isIdempotent: true },
  );
  return { rows, total: count?.total ?? 0 };
}

/** Those that wait stand in the order in which they are begun. */
function order({ state }: RowFilter): string {
  return state === 'planned' ? 'priority desc, id' : 'id';
}

/** A condition on `item`, with only the parts that the filter needs: an index serves what is left. */
function conditionOf(batchId: number, { state, code, search }: RowFilter) {
  const parts = ['batch_id = $1'];
  const parameters: (string | number)[] = [batchId];
  const add = (value: string, part: (place: string) => string) => {
    parameters.push(value);
    parts.push(part(`$${parameters.length}`));
  };
  if (state) add(state, (place) => `state = ${place}`);
  if (code !== undefined) add(code, (place) => `coalesce(${errorCode}, '') = ${place}`);
  // A database takes no U+0000 in a text, and no key has one.
  if (search)
    add(search.replaceAll('\0', ''), (place) => `strpos(lower(key), lower(${place})) > 0`);
  return { where: parts.join(' and '), parameters };
}
