import type { Part } from '../../../spec/test/diff/document-parts.ts';
import type { Case } from '../try-case.ts';
import { eachKindAdded, everythingAdded } from './additions.ts';
import { around } from './around.ts';
import { heldBack } from './held-back.ts';
import { removals } from './removals.ts';
import { sample } from './sample.ts';
import { structure } from './structure.ts';
import { values } from './values.ts';

/** Every case, for a document as upstream has it. A number is that of a change Runware has made. */
export function casesFor(upstream: Part): Case[] {
  return [
    sample(upstream),
    everythingAdded(upstream),
    ...eachKindAdded(upstream),
    ...removals(upstream),
    ...values,
    ...around,
    ...structure,
    ...heldBack,
  ];
}
