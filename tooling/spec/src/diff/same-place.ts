import { isSame } from './canonical.ts';
import { isObject } from './pointer.ts';
import { type Indexed, type Unit, unitsAt } from './units.ts';

/** What other schemas stand in: those are looked at by themselves. */
const applicators = ['properties', 'patternProperties', 'items', 'allOf', 'anyOf', 'oneOf'];

/**
 * What differs in a schema that stands where it stood, whether `redocly diff` looks at it or not.
 * Members of combinations are left out: they may only have changed places.
 */
export function unitsAtSamePlace(old: Indexed, current: Indexed): Unit[] {
  return [...current.index].flatMap(([pointer, { schema, rule }]) => {
    const before = old.index.get(pointer)?.schema;
    if (!before || rule || '$ref' in before || '$ref' in schema) return [];
    if (/\/(?:allOf|anyOf|oneOf)\/\d+/.test(pointer)) return [];
    const keywords = new Set([...Object.keys(before), ...Object.keys(schema)]);
    return (
      [...keywords]
        .filter((keyword) => !applicators.includes(keyword))
        // As two schemas, these are looked at by themselves, too.
        .filter(
          (keyword) =>
            keyword !== 'additionalProperties' ||
            !isObject(before[keyword]) ||
            !isObject(schema[keyword]),
        )
        .filter((keyword) => !isSame(before[keyword], schema[keyword]))
        .map((keyword) => (['then', 'else'].includes(keyword) ? 'if' : keyword))
        .flatMap((keyword) => unitsAt(pointer, keyword, old, current))
    );
  });
}
