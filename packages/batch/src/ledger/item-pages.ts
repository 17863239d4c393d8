import type { Parameter, Queries } from '../database/database.js';
import { findItems, type Item } from './item.js';

/** Items that are in memory at a time. */
const pageSize = 500;

/** Which pages are read. */
interface PageOptions {
  /** As many items are enough, so that no page is larger. */
  limit?: number;
  /** The `id` after which they begin. @default 0 */
  after?: number | undefined;
}

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
  { limit = pageSize, after: first = 0 }: PageOptions = {},
): AsyncGenerator<Item[], void, undefined> {
  const after = `item.id > $${parameters.length + 1}`;
  for (let last: Item | undefined; ; ) {
    const items = await findItems(
      queries,
      `${where} and ${after} order by id limit $${parameters.length + 2}`,
      [...parameters, last?.id ?? first, Math.min(limit, pageSize)],
    );
    last = items.at(-1);
    if (!last) return;
    yield items;
  }
}
