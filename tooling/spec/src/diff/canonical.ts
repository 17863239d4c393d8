import { isDeepStrictEqual } from 'node:util';

/**
 * A copy of a document in which what means the same is written the same: the names of objects and
 * the lists whose order says nothing are sorted.
 */
export function canonical(node: unknown, key = '', parent = ''): unknown {
  if (Array.isArray(node)) {
    const elements = node.map((element) => canonical(element));
    return isSet(key, parent) ? elements.sort(byText) : elements;
  }
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, canonical(value, name, key)]));
}

/**
 * A copy in which only lists of names are sorted (`required`, `enum` and the like), and a schema that
 * is `true` or `false` is written as `redocly diff` reads it: as an empty one, as a property that is
 * not there, as a member of a union that is not there, or as one that nothing fits. What stands at a
 * JSON Pointer to anything else stands there still.
 */
export function withSortedNames(node: unknown, key = '', parent = ''): unknown {
  if (Array.isArray(node)) {
    if (combinators.includes(key))
      return withoutBooleans(node, key).map((part) => withSortedNames(part));
    const isList = isSet(key, parent) && node.every((element) => typeof element !== 'object');
    return isList ? [...node].sort(byText) : node.map((element) => withSortedNames(element));
  }
  if (node === true && (parent === 'properties' || key === 'items')) return {};
  if (typeof node !== 'object' || node === null) return node;
  const [only, ...others] = 'allOf' in node && !('$ref' in node) ? [node.allOf].flat() : [];
  if (others.length === 0 && isReference(only)) {
    const { allOf: _, ...rest } = node as Record<string, unknown>;
    return withSortedNames({ ...rest, ...only }, key, parent);
  }
  // A property may itself be named like a keyword.
  const keyword = parent === 'properties' ? '' : key;
  const entries = Object.entries(node).filter(
    ([, value]) => value !== false || keyword !== 'properties',
  );
  return Object.fromEntries(
    entries.map(([name, value]) => [name, withSortedNames(value, name, keyword)]),
  );
}

/** `allOf` with nothing but a reference is how OpenAPI 3.0 wrote something beside it. */
const isReference = (node: unknown): node is { $ref: string } =>
  typeof node === 'object' && node !== null && Object.keys(node).join() === '$ref';

function withoutBooleans(members: unknown[], keyword: string): unknown[] {
  const nothing = keyword === 'allOf' ? [{ not: {} }] : [];
  return members.flatMap((member) =>
    member === true ? [{}] : member === false ? nothing : [member],
  );
}

/** Whether two documents, or parts of them, differ in nothing but their writing. */
export function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other) || isDeepStrictEqual(canonical(one), canonical(other));
}

const combinators = ['allOf', 'anyOf', 'oneOf'];
const sets = ['required', 'enum', 'type', 'allOf', 'anyOf', 'oneOf', 'security', 'tags'];

/** In `dependentRequired` every name has a list of its own. */
const isSet = (key: string, parent: string) => sets.includes(key) || parent === 'dependentRequired';

function byText(one: unknown, other: unknown): number {
  const [text, otherText] = [JSON.stringify(one), JSON.stringify(other)];
  if (text === otherText) return 0;
  return text < otherText ? -1 : 1;
}
