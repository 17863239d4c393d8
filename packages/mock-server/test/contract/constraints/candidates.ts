import { absent, changed, valueAt } from './changes.js';
import type { Constraint } from './constraint.js';
import type { Judge } from './judge.js';
import { leadsTo, legalValue, type Place } from './legal-value.js';
import { requiredPlaces } from './required-places.js';
import type { Schema } from './schema-document.js';
import { valuesAround } from './values-around.js';

/** Makes request bodies on both sides of a constraint, the plainest first. */
export type Candidates = (constraint: Constraint) => unknown[];

/** @param body the schema of the request body: a list of tasks of one kind, or of one of several. */
export function createCandidates(body: Schema, judge: Judge): Candidates {
  const item = body['items'] as Schema;
  const kinds = (item['oneOf'] as Schema[] | undefined) ?? [item];
  // Of several kinds of task, each is short enough to be broken in one place at a time.
  const combined = kinds.length === 1 ? kinds.flatMap(combinations).map((task) => [task]) : [];

  /** Legal bodies in which something stands at the place. */
  const legalBodies = (place: Place): unknown[] =>
    kinds
      .flatMap((kind) =>
        choicesOf(kind).map((choice) => [legalValue(kind, [place.slice(1), ...choice])]),
      )
      .filter((made) => valueAt(made, place) !== absent && judge(made).length === 0);

  const around = (constraint: Constraint): unknown[] => {
    const { keyword, place, names } = constraint;
    const [first = '', second = ''] = names;
    switch (keyword) {
      case 'required':
        return legalBodies([...place, first]).flatMap((legal) => [
          legal,
          changed(legal, [...place, first], absent),
        ]);
      case 'dependentRequired':
        return legalBodies([...place, first]).flatMap((legal) => [
          legal,
          changed(legal, [...place, second], absent),
        ]);
      case 'additionalProperties':
        return legalBodies(place).flatMap((legal) => [
          legal,
          changed(legal, [...place, 'unknownParameter'], 1),
        ]);
      case 'not':
      case 'if':
        return [];
      default:
        if (isOfObjects(constraint)) return otherKinds(constraint);
        return legalBodies(place).flatMap((legal) =>
          valuesAround(constraint, valueAt(legal, place)).map((value) =>
            changed(legal, place, value),
          ),
        );
    }
  };

  /** For a choice between kinds of objects: such objects, and ones of no kind. */
  const otherKinds = ({ place, value }: Constraint): unknown[] => {
    const constants = (value as Schema[]).map(({ properties = {} }) =>
      Object.entries(properties as Record<string, Schema>)
        .filter(([, property]) => 'const' in property)
        .map(([name]) => name),
    );
    const common = (constants[0] ?? []).filter((name) =>
      constants.every((names) => names.includes(name)),
    );
    return legalBodies(place).flatMap((legal) => [
      legal,
      ...common.map((name) => changed(legal, [...place, name], 'unknownKind')),
    ]);
  };

  return (constraint) => {
    const { enclosing, keyword } = constraint;
    const isCombined = enclosing.length > 0 || ['not', 'if', 'oneOf', 'anyOf'].includes(keyword);
    const bodies = [...around(constraint), ...(isCombined ? combined : [])];
    return [...new Map(bodies.map((made) => [JSON.stringify(made), made])).values()];
  };
}

/** Whether it combines schemas of objects, and not constants or formats. */
function isOfObjects({ keyword, value }: Constraint): boolean {
  const isCombined = keyword === 'oneOf' || keyword === 'anyOf';
  return isCombined && !(value as Schema[]).some((part) => 'const' in part || 'format' in part);
}

/** What a task must have besides what it requires: one entry for each way to be legal. */
function choicesOf(kind: Schema): Place[][] {
  const oneOf = ((kind['allOf'] ?? []) as Schema[]).flatMap((part) => part['oneOf'] ?? []);
  return [[], ...(oneOf as Schema[]).map((branch) => requiredPlaces(branch))];
}

/** Tasks with every combination of the properties that the rules of the whole task speak of. */
function combinations(kind: Schema): unknown[] {
  const { allOf = [] } = kind;
  const features = requiredPlaces({ allOf });
  return Array.from({ length: 2 ** features.length }, (_, bits) => {
    const present = features.filter((_, index) => (bits >> index) & 1);
    const missing = features.filter((place) => !present.some((other) => leadsTo(place, other)));
    return missing.reduce<unknown>(
      (task, place) => (valueAt(task, place) === absent ? task : changed(task, place, absent)),
      legalValue(kind, present),
    );
  });
}
