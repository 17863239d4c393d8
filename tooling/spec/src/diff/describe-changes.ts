import type { OpenApiDocument } from '../compose.ts';
import { withSortedNames } from './canonical.ts';
import { type Change, groups, worse } from './change.ts';
import { compare } from './compare.ts';
import { compareAlternatives, isRewrittenUnion } from './compare-alternatives.ts';
import { isProse } from './compare-annotations.ts';
import { compareKinds } from './compare-limits.ts';
import { changesAroundSchemas } from './document-changes.ts';
import type { Finding } from './finding.ts';
import { areOtherKinds, canApply } from './limits.ts';
import { withoutMetConditions } from './met-conditions.ts';
import { fieldsOfNew } from './new-fields.ts';
import { partsOf, pointerOf, step } from './pointer.ts';
import type { Place } from './schema-places.ts';
import { changesOfTypeNames } from './type-names.ts';
import { indexed, type Pair, pairsOf, type Unit, unitsOf } from './units.ts';
import { label } from './words.ts';

/**
 * What has changed between two composed documents, for those who call the API: breaking changes
 * first. Both are in normal form, so what only stands elsewhere is no change. What a change means
 * depends on who sends the value. Empty when the documents say the same.
 */
export function describeChanges(old: OpenApiDocument, current: OpenApiDocument): Change[] {
  const [before, now] = [old, current].map((one) =>
    indexed(withSortedNames(withoutMetConditions(one)) as OpenApiDocument),
  ) as [ReturnType<typeof indexed>, ReturnType<typeof indexed>];
  const changes = [
    ...changesOfTypeNames(before, now),
    ...changesAroundSchemas(before.document, now.document),
    ...pairsOf(before, now).flatMap(changesOfPair),
  ];
  const told = changes.filter(
    ({ text }, position) => changes.findIndex((one) => one.text === text) === position,
  );
  return groups.flatMap((group) => told.filter((change) => change.group === group));
}

function changesOfPair(pair: Pair): Change[] {
  const units = unitsOf(pair);
  const whole = wholeOf(units);
  return units.flatMap((unit) => {
    // Where the kind of value is another, its limits are told with it.
    if (whole && whole.unit !== unit && !isProse(unit.keyword)) return [];
    const schemas = [unit.old.schema, unit.current.schema];
    if (!schemas.every((schema) => canApply(unit.keyword, schema))) return [];
    return describeUnit(unit, whole?.unit === unit ? whole.compare : compare);
  });
}

/** The unit by which a whole schema is told, because it is about other values altogether. */
function wholeOf(units: Unit[]): { unit: Unit; compare: typeof compare } | undefined {
  for (const unit of units) {
    const isKind = ['type', 'enum', 'const'].includes(unit.keyword);
    if (isKind && areOtherKinds(unit.old.schema, unit.current.schema)) {
      return { unit, compare: compareKinds };
    }
    if (isRewrittenUnion(unit) && compareAlternatives(unit, 'request')) {
      return { unit, compare: compareAlternatives };
    }
  }
  return undefined;
}

function describeUnit(unit: Unit, compareUnit: typeof compare): Change[] {
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
  if (!first) return [];
  const isFirst =
    !second || worse(first.finding.group, second.finding.group) === first.finding.group;
  const { place, finding } = isFirst ? first : second;
  const where = property === undefined ? place : inside(place, property);
  const text = label(where) + (finding.text.startsWith(':') ? '' : ' ') + finding.text;
  const change = { group: finding.group, field: where.field, pointer: pointerTo(unit), text };
  return unit.keyword === 'properties' ? [change, ...fieldsOfNew(unit, where)] : [change];
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
