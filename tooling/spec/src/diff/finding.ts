import type { Group } from './change.ts';
import type { Relation } from './limits.ts';
import type { Place } from './schema-places.ts';

export type Direction = Place['direction'];

/** What one unit means in one direction. */
export interface Finding {
  group: Group;
  /** Follows the name of the field. */
  text: string;
}

export const breaking = (text: string): Finding => ({ group: 'Breaking', text });
export const added = (text: string): Finding => ({ group: 'Added', text });

/** A request that was legal must stay so; a response must not be what it never was. */
export function groupOf(relation: Relation, direction: Direction): Group {
  const harmless = direction === 'request' ? 'wider' : 'narrower';
  return relation === harmless ? 'Added' : 'Breaking';
}
