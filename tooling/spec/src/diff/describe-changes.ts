import type { OpenApiDocument } from '../compose.ts';
import { isSame } from './canonical.ts';
import { type Change, groups, worse } from './change.ts';
import { compare, type Finding } from './compare.ts';
import { describeDocumentChange } from './document-changes.ts';
import { findDifferences } from './redocly-diff.ts';
import type { Place } from './schema-places.ts';
import { indexed, type Unit, unitsOf } from './units.ts';
import { label } from './words.ts';

/**
 * What has changed between two composed documents, for those who call the API: breaking changes
 * first. `redocly diff` finds the places; what a change at a place means is decided here, because it
 * depends on who sends the value. Empty when the documents differ in nothing but their writing.
 */
export async function describeChanges(
  old: OpenApiDocument,
  current: OpenApiDocument,
): Promise<Change[]> {
  if (isSame(old, current)) return [];
  const [before, now] = [indexed(old), indexed(current)];
  const changes: Change[] = [];
  const seen = new Set<string>();
  for (const difference of await findDifferences(old, current)) {
    const units = unitsOf(difference, before, now);
    if (!units) changes.push(describeDocumentChange(difference, before, now));
    for (const unit of units ?? []) {
      const key = keyOf(unit);
      if (seen.has(key)) continue;
      seen.add(key);
      const change = describeUnit(unit);
      if (change) changes.push(change);
    }
  }
  if (changes.length === 0) changes.push(otherwise);
  return groups.flatMap((group) => changes.filter((change) => change.group === group));
}

/** `redocly diff` does not look at examples, and what does not limit anything is not told. */
const otherwise: Change = {
  group: 'Fixed',
  field: '',
  pointer: '#',
  text: 'Examples and wording of the document changed. What the API takes and returns stays the same.',
};

/** Several differences can be about one keyword, or about two that say one thing. */
function keyOf({ keyword, property, old, current }: Unit): string {
  return JSON.stringify([old.pointer, current.pointer, keyword, property]);
}

function describeUnit(unit: Unit): Change | undefined {
  const { keyword, property, old, current } = unit;
  const places = current.places.length > 0 ? current.places : old.places;
  const found: { place: Place; finding: Finding }[] = [];
  for (const direction of ['request', 'response'] as const) {
    const inDirection = places.filter((place) => place.direction === direction);
    // What nothing refers to may be used either way.
    if (places.length > 0 && inDirection.length === 0) continue;
    const finding = compare(unit, direction);
    const place = inDirection.sort((a, b) => a.field.length - b.field.length)[0];
    if (finding) found.push({ place: place ?? { direction, field: '' }, finding });
  }
  const [first, second] = found;
  if (!first) return undefined;
  const isFirst =
    !second || worse(first.finding.group, second.finding.group) === first.finding.group;
  const { place, finding } = isFirst ? first : second;
  const where = property === undefined ? place : inside(place, property);
  const isGone = current.schema[keyword] === undefined;
  const end = [keyword, ...(property === undefined ? [] : [property])];
  return {
    group: finding.group,
    field: where.field,
    pointer: [(isGone ? old : current).pointer, ...end].join('/'),
    text: label(where) + (finding.text.startsWith(':') ? '' : ' ') + finding.text,
  };
}

const inside = (place: Place, property: string): Place => ({
  ...place,
  field: place.field ? `${place.field}.${property}` : property,
});
