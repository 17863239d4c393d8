import type { OpenApiDocument } from '../compose.ts';
import { changesBesideReferences } from './beside-references.ts';
import { isSame, withSortedNames } from './canonical.ts';
import { type Change, groups, worse } from './change.ts';
import { compare } from './compare.ts';
import { compareAlternatives, isRewrittenUnion } from './compare-alternatives.ts';
import { isProse } from './compare-annotations.ts';
import { compareKinds } from './compare-limits.ts';
import { describeDocumentChange } from './document-changes.ts';
import type { Finding } from './finding.ts';
import { areOtherKinds, canApply } from './limits.ts';
import { withoutMetConditions } from './met-conditions.ts';
import { isObject, partsOf, pointerOf, step } from './pointer.ts';
import { type Difference, findDifferences } from './redocly-diff.ts';
import { unitsAtSamePlace } from './same-place.ts';
import type { Place } from './schema-places.ts';
import { changesOfTypeNames } from './type-names.ts';
import { indexed, type Unit, unitsOf, unitsOfRenamed } from './units.ts';
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
  const [oldDocument, document] = [old, current].map((one) =>
    withSortedNames(withoutMetConditions(one)),
  ) as [OpenApiDocument, OpenApiDocument];
  const [before, now] = [indexed(oldDocument), indexed(document)];
  const differences = await findDifferences(oldDocument, document);
  const renamed = differences.filter(({ property }) => property === 'key');
  const aside = changesOfTypeNames(before, now);
  const units = new Map<string, Unit>();
  for (const difference of differences) {
    if (isBelow(difference, renamed) || isTypeName(difference)) continue;
    const found = renamed.includes(difference)
      ? unitsOfRenamed(difference, before, now)
      : unitsOf(difference, before, now);
    if (!found) aside.push(describeDocumentChange(difference, before, now));
    for (const unit of found ?? []) units.set(keyOf(unit), unit);
  }
  for (const unit of unitsAtSamePlace(before, now)) {
    const isKnown = [...units.values()].some((other) => isSameKeyword(other, unit));
    if (!isKnown) units.set(keyOf(unit), unit);
  }
  // Several differences around schemas can mean one thing, which is told by the weightiest.
  const changes = sorted(aside).filter(
    ({ text }, position, all) => all.findIndex((one) => one.text === text) === position,
  );
  const wholes = new Map<Unit, typeof compare>();
  for (const unit of units.values()) {
    const isOfAnotherKind =
      ['type', 'enum', 'const'].includes(unit.keyword) &&
      areOtherKinds(unit.old.schema, unit.current.schema);
    if (isOfAnotherKind) wholes.set(unit, compareKinds);
    if (isRewrittenUnion(unit) && compareAlternatives(unit, 'request')) {
      wholes.set(unit, compareAlternatives);
    }
  }
  for (const unit of units.values()) {
    const whole = [...wholes.keys()].find(
      (other) => keyOf({ ...other, keyword: unit.keyword }) === keyOf(unit),
    );
    // Where the kind of value is another, its limits are told with it.
    if (whole && whole !== unit && !isProse(unit.keyword)) continue;
    if (![unit.old, unit.current].every(({ schema }) => canApply(unit.keyword, schema))) continue;
    const change = describeUnit(unit, wholes.get(unit) ?? compare);
    if (change) changes.push(change);
  }
  changes.push(...changesBesideReferences(before, now));
  if (changes.length === 0) {
    const isExplained = differences.length > 0 || isSame(...withoutExamples(oldDocument, document));
    changes.push(isExplained ? reworded : unknown);
  }
  return sorted(changes);
}

const sorted = (changes: Change[]): Change[] =>
  groups.flatMap((group) => changes.filter((change) => change.group === group));

/** What differs below a property that has another name is told by that. */
function isBelow(difference: Difference, renamed: Difference[]): boolean {
  const { base, revision } = difference;
  return renamed.some(
    (other) =>
      other !== difference &&
      (isIn(base?.pointer, other.base?.pointer) ||
        isIn(revision?.pointer, other.revision?.pointer)),
  );
}

const isIn = (pointer: string | undefined, enclosing: string | undefined) =>
  pointer !== undefined && (pointer === enclosing || pointer.startsWith(`${enclosing}/`));

/** What does not limit anything is not told, and `redocly diff` does not look at examples. */
const reworded: Change = {
  group: 'Fixed',
  field: '',
  pointer: '#',
  text: 'Examples and wording of the document changed. What the API takes and returns stays the same.',
};

const unknown: Change = {
  group: 'Breaking',
  field: '',
  pointer: '#',
  text: 'The document changed in a way that is not known here. Look at what changed in it.',
};

function withoutExamples(...documents: [OpenApiDocument, OpenApiDocument]): [unknown, unknown] {
  const strip = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(strip);
    if (!isObject(node)) return node;
    const kept = Object.entries(node).filter(([name]) => !/^examples?$/.test(name));
    return Object.fromEntries(kept.map(([name, value]) => [name, strip(value)]));
  };
  return documents.map(strip) as [unknown, unknown];
}

const isTypeName = ({ typeName, base, revision }: Difference) =>
  typeName === 'Schema' &&
  !(base && revision) &&
  partsOf((base ?? revision)?.pointer ?? '').length === 3;

const isSameKeyword = (one: Unit, other: Unit) =>
  one.keyword === other.keyword && one.current.pointer === other.current.pointer;

/** Several differences can be about one keyword, or about two that say one thing. */
function keyOf({ keyword, property, old, current }: Unit): string {
  return JSON.stringify([old.pointer, current.pointer, keyword, property]);
}

function describeUnit(unit: Unit, compareUnit: typeof compare): Change | undefined {
  const { property, old, current } = unit;
  const places = current.places.length > 0 ? current.places : old.places;
  const found: { place: Place; finding: Finding }[] = [];
  for (const direction of ['request', 'response'] as const) {
    const inDirection = places.filter((place) => place.direction === direction);
    // What nothing refers to may be used either way.
    if (places.length > 0 && inDirection.length === 0) continue;
    const finding = compareUnit(unit, direction);
    const place = inDirection.sort((a, b) => a.field.length - b.field.length)[0];
    if (finding) found.push({ place: place ?? { direction, field: '' }, finding });
  }
  const [first, second] = found;
  if (!first) return undefined;
  const isFirst =
    !second || worse(first.finding.group, second.finding.group) === first.finding.group;
  const { place, finding } = isFirst ? first : second;
  const where = property === undefined ? place : inside(place, property);
  return {
    group: finding.group,
    field: where.field,
    pointer: pointerTo(unit),
    text: label(where) + (finding.text.startsWith(':') ? '' : ' ') + finding.text,
  };
}

/** Where it stands, or, of what is gone, stood. */
function pointerTo({ keyword, property, old, current }: Unit): string {
  if (keyword === 'rules') return `${current.pointer}/allOf`;
  const end = [keyword, ...(property === undefined ? [] : [property])];
  const isThere = end.reduce<unknown>(step, current.schema) !== undefined;
  return pointerOf([...partsOf((isThere ? current : old).pointer), ...end]);
}

const inside = (place: Place, property: string): Place => ({
  ...place,
  field: place.field ? `${place.field}.${property}` : property,
});
