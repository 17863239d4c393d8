import { isDeepStrictEqual } from 'node:util';
import { canApply } from '../diff/limits.ts';
import { at, isObject, type JsonObject } from '../diff/pointer.ts';
import { isAboutFields } from '../diff/rule-words.ts';

/** A schema with what it refers to and combines, written in one place. */
export interface Unfolded {
  schema: JsonObject;
  /** The references that were followed on the way, outermost first. */
  pointers: string[];
  /** Whether it is exactly what the last of the pointers leads to, with nothing beside it. */
  isShared: boolean;
}

/**
 * Writes a schema as if nothing of it stood elsewhere: references are followed, parts of `allOf` that
 * only describe more of the same value are merged, and a value that may be `null` says so in its
 * `type`. What stands below `properties` and `items` is left as it is.
 */
export function unfold(document: JsonObject, node: JsonObject): Unfolded {
  const { $ref, ...beside } = node;
  if (typeof $ref === 'string') {
    const target = at(document, $ref);
    const inner = isObject(target)
      ? unfold(document, target)
      : { schema: {}, pointers: [], isShared: true };
    const pointers = [$ref, ...inner.pointers];
    if (Object.keys(beside).length === 0) return { ...inner, pointers, isShared: true };
    const own = unfold(document, beside);
    return {
      schema: merge(own.schema, inner.schema),
      pointers: [...pointers, ...own.pointers],
      isShared: false,
    };
  }
  const pointers: string[] = [];
  const inner = (part: JsonObject): JsonObject => {
    const unfolded = unfold(document, part);
    pointers.push(...unfolded.pointers);
    return unfolded.schema;
  };
  let schema = withoutWrapper(node, inner);
  if (Array.isArray(schema['allOf'])) {
    const { allOf, ...own } = schema;
    schema = own;
    const rules: unknown[] = [];
    for (const member of allOf as unknown[]) {
      const [part, rule] = isObject(member) ? withoutRules(inner(member)) : [undefined, member];
      if (part === undefined) rules.push(rule);
      else if (describesMoreThan(schema, part)) {
        schema = merge(schema, part);
        if (rule !== undefined) rules.push(rule);
      } else rules.push({ ...part, ...rule });
    }
    const merged = Array.isArray(schema['allOf']) ? schema['allOf'] : [];
    if (merged.length + rules.length > 0) schema = { ...schema, allOf: [...merged, ...rules] };
  }
  return { schema: kindsApart(closed(nullable(schema, inner))), pointers, isShared: false };
}

/** `oneOf` or `anyOf` of nothing but one reference. */
function withoutWrapper(schema: JsonObject, unfolded: (part: JsonObject) => JsonObject) {
  for (const keyword of ['oneOf', 'anyOf']) {
    const { [keyword]: members, discriminator: _, ...beside } = schema;
    const [only, ...others] = Array.isArray(members) ? members : [];
    if (others.length === 0 && isObject(only) && typeof only['$ref'] === 'string') {
      const target = unfolded(only);
      if (!('const' in target)) return merge(beside, target);
    }
  }
  return schema;
}

/** `anyOf` of a kind of value and `null`, as that kind of value or `null`. */
function nullable(schema: JsonObject, unfolded: (part: JsonObject) => JsonObject): JsonObject {
  for (const keyword of ['anyOf', 'oneOf']) {
    const { [keyword]: members, ...beside } = schema;
    if (!Array.isArray(members) || members.length !== 2 || !members.every(isObject)) continue;
    const value = members.find((member) => !isNull(member));
    if (value === undefined || !members.some(isNull)) continue;
    const { type, ...rest } = unfolded(value);
    const isPlain = type !== undefined && !['const', 'oneOf', 'anyOf'].some((key) => key in rest);
    if (!isPlain || 'type' in beside) continue;
    const types = [...new Set([type, 'null'].flat())];
    const listed = Array.isArray(rest['enum'])
      ? { enum: [...new Set([...rest['enum'], null])] }
      : {};
    return merge(beside, { type: types, ...rest, ...listed });
  }
  return schema;
}

/** Several kinds of value, each written as a member of `anyOf` with what limits that kind. */
function kindsApart(schema: JsonObject): JsonObject {
  const { type, oneOf, ...others } = schema;
  const kinds = [type].flat();
  const values = kinds.filter((kind) => kind !== 'null');
  const isPlain = !['const', 'enum', 'oneOf', 'anyOf', 'allOf', 'properties'].some(
    (key) => key in schema,
  );
  if (values.length > 1 && isPlain) {
    const about = Object.entries(others).filter(([keyword]) => isAnnotation(keyword));
    const limits = Object.entries(others).filter(([keyword]) => !isAnnotation(keyword));
    const anyOf = kinds.map((kind) => ({
      type: kind,
      ...Object.fromEntries(limits.filter(([keyword]) => canLimit(keyword, kind))),
    }));
    return { ...Object.fromEntries(about), anyOf };
  }
  const types = Array.isArray(oneOf) ? oneOf.map((member) => Object(member).type) : [];
  const areApart =
    types.length > 1 && types.every((one) => typeof one === 'string' && one !== 'integer');
  if (!areApart || new Set(types).size < types.length || 'anyOf' in others) return schema;
  const { oneOf: _, ...rest } = schema;
  return { ...rest, anyOf: oneOf };
}

/** No format is one of lists or objects. */
const canLimit = (keyword: string, kind: unknown) =>
  canApply(keyword, { type: kind }) &&
  (keyword !== 'format' || ['string', 'number', 'integer'].includes(String(kind)));

const isNull = (schema: JsonObject) =>
  isDeepStrictEqual(schema, { type: 'null' }) || isDeepStrictEqual(schema, { const: null });

/** Where nothing but its own properties describes an object, `unevaluatedProperties` means others. */
function closed(schema: JsonObject): JsonObject {
  const { unevaluatedProperties, ...others } = schema;
  if (unevaluatedProperties !== false || !('properties' in schema)) return schema;
  const known = Object.keys(Object(schema['properties']));
  const combined = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'dependentSchemas'];
  const named = combined.flatMap((keyword) => namesOfProperties(schema[keyword]));
  if (named.some((name) => !known.includes(name))) return schema;
  return { ...others, additionalProperties: false };
}

/** Names that schemas give to properties of the same value. */
function namesOfProperties(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(namesOfProperties);
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([keyword, value]) =>
    keyword === 'properties' ? Object.keys(Object(value)) : namesOfProperties(value),
  );
}

/** What a schema describes, and its rules about several fields. */
function withoutRules(schema: JsonObject): [JsonObject | undefined, JsonObject | undefined] {
  const entries = Object.entries(schema);
  const [rules, others] = [entries.filter(isRule), entries.filter((entry) => !isRule(entry))];
  return [others, rules].map((some) =>
    some.length > 0 ? Object.fromEntries(some) : undefined,
  ) as [JsonObject | undefined, JsonObject | undefined];
}

/** Whether a part of `allOf` only adds to what is described, and is no rule about it. */
function describesMoreThan(schema: JsonObject, part: JsonObject): boolean {
  if (isClosed(part)) return false;
  const [own, more] = [schema, part].map((one) => Object(one['properties']) as JsonObject);
  if (Object.keys(more ?? {}).some((name) => name in (own ?? {}))) return false;
  return Object.keys(part).every(
    (keyword) =>
      combinable.includes(keyword) || isAnnotation(keyword) || isAgreed(schema, part, keyword),
  );
}

const isClosed = (schema: JsonObject) =>
  schema['additionalProperties'] === false || schema['unevaluatedProperties'] === false;

const combinable = ['properties', 'required', 'dependentRequired', 'allOf'];
const isRule = ([keyword, value]: [string, unknown]) =>
  (isAboutFields(keyword, [value].flat()) && keyword !== 'dependentRequired') ||
  ['then', 'else', 'propertyNames'].includes(keyword);
const isAnnotation = (keyword: string) => annotations.includes(keyword) || keyword.startsWith('x-');
const annotations = ['title', 'description', 'default', 'examples', 'example', '$comment'];
const isAgreed = (one: JsonObject, other: JsonObject, keyword: string) =>
  !(keyword in one) || isDeepStrictEqual(one[keyword], other[keyword]);

/** A schema that says what both say. Where they use other words, those of the first stay. */
function merge(own: JsonObject, part: JsonObject): JsonObject {
  const merged = { ...own };
  const rest: JsonObject = {};
  for (const [keyword, value] of Object.entries(part)) {
    const before = own[keyword];
    if (before === undefined) merged[keyword] = value;
    else if (keyword === 'required') merged[keyword] = [...new Set([before, value].flat())];
    else if (keyword === 'allOf') merged[keyword] = [before, value].flat();
    else if (areDisjoint(keyword, before, value)) {
      merged[keyword] = { ...(before as object), ...(value as object) };
    } else if (!isAnnotation(keyword) && !isDeepStrictEqual(before, value)) rest[keyword] = value;
  }
  if (Object.keys(rest).length > 0) merged['allOf'] = [merged['allOf'] ?? [], rest].flat();
  return merged;
}

function areDisjoint(keyword: string, one: unknown, other: unknown): boolean {
  if (!['properties', 'dependentRequired'].includes(keyword)) return false;
  return isObject(one) && isObject(other) && !Object.keys(other).some((name) => name in one);
}
