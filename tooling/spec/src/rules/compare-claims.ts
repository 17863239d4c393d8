import { canonical, isSame } from '../diff/canonical.ts';
import { isObject, type JsonObject, resolve } from '../diff/pointer.ts';
import { compareRules } from '../diff/rule-logic.ts';
import { ruleWords } from '../diff/rule-words.ts';
import { nameOf } from '../parameters/name-of.ts';
import { type Claim, claimsFile, rulesFolder } from './claims.ts';
import { isAnnotation, readRules } from './read-rules.ts';
import type { CrossFieldAssertion } from './rule.ts';

/** Something that only a person can bring together: the document and the hand-written rules. */
export interface ClaimGap {
  /** `unclaimed`: no rule implements the assertion. `gone`: the document no longer says it. */
  kind: 'unclaimed' | 'gone';
  /** JSON Pointer of the assertion; of one that is gone, of nothing. */
  pointer?: string;
  /** What the document says or said, and what is to be done. */
  text: string;
  /** The file to edit, from the root of the repository. */
  file: string;
}

/**
 * Compares what the document asserts of several properties together with what the hand-written
 * rules implement. It makes no difference where the document says it, nor in which order.
 *
 * @throws {SpecError} no rules can be made of the document.
 */
export function compareClaims(document: JsonObject, claims: readonly Claim[]): ClaimGap[] {
  const open = [...claims];
  const unclaimed = readRules(document).crossField.filter((assertion) => {
    const index = open.findIndex((claim) => isClaimed(claim, assertion, document));
    if (index >= 0) open.splice(index, 1);
    return index < 0;
  });
  return [
    ...unclaimed.map((assertion) => newGap(assertion, claims, document)),
    ...open.map(goneGap),
  ];
}

function isClaimed(claim: Claim, { place, value }: CrossFieldAssertion, document: JsonObject) {
  if (claim.place !== nameOf(place)) return false;
  const asserts = bare(document, value) as JsonObject;
  if (isSame(claim.asserts, asserts)) return true;
  const owner = { owner: {}, document };
  const effect = compareRules({ rule: claim.asserts, ...owner }, { rule: asserts, ...owner });
  return effect !== undefined && !effect.refused && !effect.accepted;
}

function newGap(
  { place, value, pointer }: CrossFieldAssertion,
  claims: readonly Claim[],
  document: JsonObject,
): ClaimGap {
  const near = claims.find((claim) => claim.place === nameOf(place));
  const file = `${rulesFolder}/${near?.file ?? 'cross-field.ts'}`;
  const asserts = bare(document, value) as JsonObject;
  const entry = { rule: '…', file: near?.file ?? '…', place: nameOf(place), asserts };
  return {
    kind: 'unclaimed',
    pointer,
    text:
      `${subject(place)} the document says: ${words(asserts)}. No rule implements it: write one ` +
      `in ${file}, and add to ${claimsFile}: ${JSON.stringify(canonical(entry))}`,
    file,
  };
}

function goneGap({ rule, file, place, asserts }: Claim): ClaimGap {
  const path = `${rulesFolder}/${file}`;
  return {
    kind: 'gone',
    text:
      `${subject(place ? place.split('.') : [])} the document no longer says: ${words(asserts)}. ` +
      `The rule "${rule}" still does: take it out of ${path} and of ${claimsFile}, with its tests.`,
    file: path,
  };
}

const subject = (place: string[]) => (place.length > 0 ? `Of ${nameOf(place)}` : 'Of the task');

function words(asserts: JsonObject): string {
  const leftOut = Object.fromEntries(['then', 'else'].map((keyword) => [keyword, true]));
  return ruleWords('if' in asserts ? { if: asserts['if'], ...leftOut, ...asserts } : asserts);
}

/** A schema with what it refers to in it, and without what asserts nothing. */
function bare(document: JsonObject, node: unknown, isByName = false): unknown {
  if (Array.isArray(node)) return node.map((part) => bare(document, part));
  const schema = isByName ? node : resolve(document, node);
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(([key]) => isByName || !isAnnotation(key));
  return Object.fromEntries(
    kept.map(([key, part]) => [key, bare(document, part, !isByName && key === 'properties')]),
  );
}
