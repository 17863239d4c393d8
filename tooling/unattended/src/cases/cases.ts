import type { Part } from '../../../spec/test/diff/document-parts.ts';
import type { Case } from '../try-case.ts';
import { eachKindAdded, everythingAdded } from './additions.ts';

/** Every case, for a document as upstream has it. */
export function casesFor(upstream: Part): Case[] {
  return [everythingAdded(upstream), ...eachKindAdded(upstream)];
}
