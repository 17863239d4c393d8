import type { Parameter, Queries } from '../database/database.js';
import { findItems, type Item } from './item.js';

/** Items that are in memory at a time. */
const pageSize = 500;

/**
 * Reads items page by page, in the order in which they were planned, each as it is when its page is
 * read. An item is read once, also when what is done with it makes it match no more.
 *
 * @param where condition on `item`, with `$1` and so on.
 */
export async function* itemPages(
  queries: Queries,
  where: string,
  parameters: readonly Parameter[],
): AsyncGenerator<Item[], void, undefined> {
  const after = `item.id > $${parameters.length + 1}`;
  for (let last: Item | undefined; ; ) {
    const items = await findItems(queries, `${where} and ${after} order by id limit ${pageSize}`, [
      ...parameters,
      last?.id ?? 0,
    ]);
    last = items.at(-1);
    if (!last) return;
    yield items;
  }
}
