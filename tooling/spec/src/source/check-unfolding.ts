import { at, isObject, type JsonObject } from '../diff/pointer.ts';
import { SpecError } from '../spec-error.ts';
import { nodesOf, placeOf } from './document-node.ts';

/** Keywords whose schemas apply to the same value as the schema that has them. */
const references = ['$ref', '$dynamicRef', '$recursiveRef'];
const inPlace = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'];

/**
 * Schemas that are looked at when each one is followed to everything that describes the same value.
 * The present document has about 200; thirty schemas that each combine the next one twice, 2^30.
 */
const maxUnfolded = 10_000;

/**
 * Refuses a schema that is defined by nothing but itself, through any number of references: no
 * validator ends on it, and no type can be written for it. Also refuses combinations that multiply.
 * A schema that has *properties* or *items* of its own kind is legal.
 *
 * @throws {SpecError} with a place on the circle, or where the bound is passed.
 */
export function checkUnfolding(document: JsonObject): void {
  const sizes = new Map<object, number>();
  let unfolded = 0;
  for (const { value, path } of nodesOf(document)) {
    if (!isObject(value)) continue;
    const size = unfold(document, value, sizes);
    if (size === Infinity) {
      throw new SpecError(
        `${placeOf(path)} leads into a circle of references that defines nothing. ` +
          'Report it to Runware, or mend a copy and give it with --from.',
      );
    }
    unfolded += size;
    if (unfolded > maxUnfolded) {
      throw new SpecError(
        `The document is refused: at ${placeOf(path)} its schemas combine to more than ${maxUnfolded}. ` +
          'If it is genuine, raise the bound in tooling/spec/src/source/check-unfolding.ts.',
      );
    }
  }
}

/**
 * How many schemas describe a value together with this one, itself included; infinite on a circle.
 * Depth first, with its own stack: a schema is open while the schemas it leads to are counted.
 */
function unfold(document: JsonObject, start: JsonObject, sizes: Map<object, number>): number {
  const open = new Set<object>();
  const stack = [start];
  for (let schema = stack.at(-1); schema; schema = stack.at(-1)) {
    const parts = sizes.has(schema) ? [] : sameValue(document, schema);
    if (sizes.has(schema)) {
      stack.pop();
    } else if (open.has(schema)) {
      sizes.set(
        schema,
        parts.reduce((sum, part) => sum + (sizes.get(part) ?? Infinity), 1),
      );
    } else {
      open.add(schema);
      if (parts.some((part) => open.has(part) && !sizes.has(part))) return Infinity;
      stack.push(...parts.filter((part) => !sizes.has(part)));
    }
  }
  return sizes.get(start) ?? 1;
}

/** The schemas that describe the same value as this one. */
function sameValue(document: JsonObject, schema: JsonObject): JsonObject[] {
  const targets = references.map((key) => schema[key]).filter((to) => typeof to === 'string');
  const parts = inPlace.flatMap((key) => {
    if (!Object.hasOwn(schema, key)) return [];
    const part = schema[key];
    return Array.isArray(part) || key === 'dependentSchemas' ? Object.values(Object(part)) : [part];
  });
  return [...targets.map((target) => at(document, target)), ...parts].filter(isObject);
}
