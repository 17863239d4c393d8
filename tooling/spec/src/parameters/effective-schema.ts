import { isObject, type JsonObject, resolve } from '../diff/pointer.ts';

/** A schema with what `$ref`, `allOf` and a nullable union say about the same value written into it. */
export interface EffectiveSchema {
  schema: JsonObject;
  isNullable: boolean;
}

/**
 * Reads `$ref`, also beside other keywords, `allOf`, and the ways to allow `null`: in a list of types,
 * as a constant, or as a member of `anyOf` or `oneOf`. What stands beside a reference goes before what
 * it refers to. A circle of references says nothing more.
 */
export function effectiveSchema(document: JsonObject, node: unknown): EffectiveSchema {
  let isNullable = false;

  const read = (part: unknown, above: unknown[]): JsonObject => {
    if (!isObject(part) || above.includes(part)) return {};
    const { $ref, allOf, ...own } = part;
    const inside = [...above, part];
    const targets = $ref === undefined ? [] : [resolve(document, { $ref })];
    const members = Array.isArray(allOf) ? allOf : [];
    const merged = [...targets, ...members].map((member) => read(member, inside)).reduce(merge, {});
    return withoutNull(merge(merged, own), inside);
  };

  const withoutNull = (schema: JsonObject, above: unknown[]): JsonObject => {
    for (const keyword of ['anyOf', 'oneOf']) {
      const members = schema[keyword];
      if (!Array.isArray(members)) continue;
      const others = members.filter((member) => !isNull(document, member));
      if (others.length === members.length) continue;
      isNullable = true;
      const { [keyword]: _, ...rest } = schema;
      if (others.length !== 1) return withoutNull({ ...rest, [keyword]: others }, above);
      return withoutNull(merge(read(others[0], above), rest), above);
    }
    const { type, enum: values } = schema;
    if (Array.isArray(type) && type.includes('null')) {
      isNullable = true;
      const types = type.filter((name) => name !== 'null');
      return withoutNull({ ...schema, type: types.length === 1 ? types[0] : types }, above);
    }
    if (Array.isArray(values) && values.includes(null)) {
      isNullable = true;
      return { ...schema, enum: values.filter((value) => value !== null) };
    }
    return schema;
  };

  return { schema: read(node, []), isNullable };
}

function isNull(document: JsonObject, member: unknown): boolean {
  const schema = Object(resolve(document, member));
  return schema.type === 'null' || schema.const === null;
}

/** What both say; of what only one can say, the second. */
function merge(one: JsonObject, other: JsonObject): JsonObject {
  const merged = { ...one, ...other };
  if (isObject(one['properties']) && isObject(other['properties'])) {
    merged['properties'] = { ...one['properties'], ...other['properties'] };
  }
  if (Array.isArray(one['required']) && Array.isArray(other['required'])) {
    merged['required'] = [...new Set([...one['required'], ...other['required']])];
  }
  return merged;
}
