import type { Queries } from '../database/database.js';
import type { Item } from '../ledger/item.js';
import { type ItemLife, itemLife } from '../steer/item-life.js';

/** The life of an item as the page shows it. */
export interface ShownLife extends Omit<ItemLife, 'held'> {
  /** How many moves there are; `moves` are the first and the newest. */
  total: number;
}

/** So many moves from the beginning, and as many from the end. */
const mostMoves = 100;
/** Texts as long as this are media within the parameters. */
const longestText = 2_000;

/**
 * Reads the life of an item, bounded: an item may be looked at for days, and its parameters may hold
 * whole files.
 *
 * @throws {BatchError} the batch has no such item.
 */
export async function readLife(queries: Queries, batch: string, key: string): Promise<ShownLife> {
  const { item, moves } = await itemLife(queries, batch, key);
  return {
    item: { ...item, parameters: shortened(item.parameters) as Item['parameters'] },
    moves: moves.filter((_, index) => index < mostMoves || index >= moves.length - mostMoves),
    total: moves.length,
  };
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length > longestText ? `${value.slice(0, 100)}\u2026` : value;
  }
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shortened(part)]));
}
