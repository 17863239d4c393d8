import type { OpenApiDocument } from '../compose.ts';
import { isObject, type JsonObject, pointerOf, at as standsAt } from '../diff/pointer.ts';
import { SpecError } from '../spec-error.ts';
import { formOf, isAnnotation, mayBeEmpty } from './keywords.ts';

/** One thing that a schema demands. */
export interface Assertion {
  /**
   * JSON Pointer of the keyword in the schema, as if what a `$ref` refers to stood below it. That of
   * a schema where it is the schema itself that counts, because it accepts nothing or everything.
   */
  at: string;
  /** What the schema says there; of `required` and `dependentRequired`, one name. */
  value: unknown;
}

/** The request schema. An `Assertion.at` begins there. */
const requestSchema = '#/components/schemas/RequestBody';

/** Far above what a schema needs, and far below what would take long: sync-3 has 76, 10 deep. */
const mostSchemas = 5_000;
const deepest = 100;

/**
 * Every assertion of the request schema, at any depth, in the order of the document. A keyword that
 * is not known to say nothing counts as one. Reads nothing outside the document.
 *
 * @throws {SpecError} there is no request schema, or its references multiply it beyond measure.
 */
export function assertionsOf(document: OpenApiDocument): Assertion[] {
  const root = standsAt(document, requestSchema);
  if (root === undefined) {
    throw new SpecError(`${requestSchema} is missing: say in assertions.ts where it stands now.`);
  }
  let schemas = 0;

  /**
   * @param isClosed another property than those that are listed is refused.
   * @param isNeeded it matters that the schema is there, even when it accepts everything.
   * @param above the references on the way.
   */
  const walk = (
    schema: unknown,
    parts: string[],
    isClosed: boolean,
    isNeeded: boolean,
    above: string[],
  ): Assertion[] => {
    schemas += 1;
    if (schemas > mostSchemas || parts.length > deepest) {
      throw new SpecError(
        `${requestSchema} has more than ${mostSchemas} schemas, or one that is more than ` +
          `${deepest} steps deep, when its references are followed: this is no request of sync-3.`,
      );
    }
    const found = isObject(schema) ? keywords(schema, parts, isClosed, above) : [];
    const acceptsAll = schema === true || isObject(schema);
    if (!acceptsAll) return [{ at: pointerOf(parts), value: schema }];
    return found.length > 0 || !isNeeded ? found : [{ at: pointerOf(parts), value: true }];
  };

  const keywords = (
    schema: JsonObject,
    parts: string[],
    isInClosed: boolean,
    above: string[],
  ): Assertion[] => {
    const closing = ['additionalProperties', 'unevaluatedProperties'];
    const isClosed = isInClosed || closing.some((keyword) => (schema[keyword] ?? true) !== true);

    return Object.entries(schema).flatMap(([keyword, value]): Assertion[] => {
      const here = [...parts, keyword];
      const own = { at: pointerOf(here), value };
      const form = formOf(keyword);
      if (isAnnotation(keyword)) return [];
      if (keyword === '$ref') {
        const target = standsAt(document, `${value}`);
        const isCircular = above.includes(`${value}`);
        if (target === undefined || isCircular || !`${value}`.startsWith('#/')) return [own];
        return walk(target, here, isClosed, false, [...above, `${value}`]);
      }
      if (keyword === 'required' && Array.isArray(value)) {
        return value.map((name) => ({ ...own, value: name }));
      }
      if (keyword === 'dependentRequired' && isObject(value)) {
        return Object.entries(value).flatMap(([given, names]) =>
          [names].flat().map((name) => ({ at: pointerOf([...here, given]), value: name })),
        );
      }
      const isNeeded = !mayBeEmpty(keyword);
      if (form === 'schema' && (isObject(value) || typeof value === 'boolean')) {
        return walk(value, here, false, isNeeded, above);
      }
      if (form === 'list' && Array.isArray(value) && value.length > 0) {
        const isStillClosed = keyword === 'allOf' && isClosed;
        return value.flatMap((part, index) =>
          walk(part, [...here, `${index}`], isStillClosed, isNeeded, above),
        );
      }
      if (form === 'by name' && isObject(value)) {
        const counts = isNeeded || (keyword === 'properties' && isClosed);
        return Object.entries(value).flatMap(([name, part]) =>
          walk(part, [...here, name], false, counts, above),
        );
      }
      return [own];
    });
  };

  return walk(root, [], false, false, []);
}
