import { isSame } from './canonical.ts';
import { at, isObject, type JsonObject, partsOf, pointerOf, resolve } from './pointer.ts';
import type { Difference } from './redocly-diff.ts';
import { indexSchemas, type Place, type SchemaIndex } from './schema-places.ts';
import { valuesOf } from './words.ts';

/** A schema as one of the two documents has it. */
export interface Side {
  pointer: string;
  schema: JsonObject;
  places: Place[];
  document: JsonObject;
}

/** What is compared at once: one keyword of one schema, before and after. */
export interface Unit {
  keyword: string;
  /** For `properties`, which one. */
  property?: string;
  old: Side;
  current: Side;
}

/** A document and its schemas. */
export interface Indexed {
  document: JsonObject;
  index: SchemaIndex;
}

export const indexed = (document: JsonObject): Indexed => ({
  document,
  index: indexSchemas(document),
});

/**
 * Which keywords of which schemas a difference is about: what is part of a combined rule belongs to
 * the rule, what was added or removed as a whole to what it was added to or removed from.
 *
 * @returns `undefined` for what is no part of a schema.
 */
export function unitsOf(
  difference: Difference,
  old: Indexed,
  current: Indexed,
): Unit[] | undefined {
  const { base, revision, path } = difference;
  // Where a keyword is missing, the report points at its schema; the other side has it.
  const isInNew = revision !== undefined && (!base || pointsAtChange(revision, difference));
  const [known, other] = isInNew ? [current, old] : [old, current];
  const [pointer, otherPointer] = isInNew ? [revision, base] : [base, revision];
  const found = locate(known, pointer?.pointer ?? '');
  if (!found) return undefined;
  const there = otherPointer
    ? pointsAtChange(otherPointer, difference)
      ? locate(other, otherPointer.pointer)?.owner
      : ownerAt(other, otherPointer.pointer)
    : undefined;
  const otherOwner = there ?? counterpart(path, found.owner, known, other);
  const [oldOwner, currentOwner] = isInNew ? [otherOwner, found.owner] : [found.owner, otherOwner];
  const sides = { old: sideOf(old, oldOwner), current: sideOf(current, currentOwner) };
  const [keyword = '', property] = found.rest;
  if (keyword === 'properties') {
    const names = property === undefined ? propertyNames(sides) : [property];
    return names.map((name) => ({ keyword, property: name, ...sides }));
  }
  if (keyword === 'allOf') return unitsOfParts(sides);
  return [{ keyword: leading(keyword, sides), ...sides }];
}

const pointsAtChange = ({ pointer }: { pointer: string }, { property }: Difference) =>
  property === undefined || partsOf(pointer).at(-1) === property;

const ownerAt = ({ index }: Indexed, pointer: string) => index.get(pointer)?.rule?.owner ?? pointer;

/** Of keywords that say one thing together, the one by which it is known. */
function leading(keyword: string, { old, current }: Pick<Unit, 'old' | 'current'>): string {
  if (keyword === 'exclusiveMinimum') return 'minimum';
  if (keyword === 'exclusiveMaximum') return 'maximum';
  const listsValues = [old, current].every(({ schema }) => valuesOf(schema) !== undefined);
  return listsValues && ['const', 'enum', 'oneOf', 'anyOf'].includes(keyword) ? 'enum' : keyword;
}

/** The innermost schema that is no part of a rule, and the rest of the way. */
function locate({ document, index }: Indexed, pointer: string) {
  const parts = partsOf(pointer);
  // A whole schema was added or removed: it is a part of what encloses it.
  for (let length = parts.length - 1; length > 0; length--) {
    const owner = pointerOf(parts.slice(0, length));
    const node = index.get(owner);
    if (!node) continue;
    if (node.rule) return { owner: node.rule.owner, rest: [node.rule.keyword] };
    const rest = parts.slice(length);
    const keyword = ['then', 'else'].includes(rest[0] ?? '') ? ['if'] : rest;
    return isObject(at(document, owner)) ? { owner, rest: keyword } : undefined;
  }
  return undefined;
}

/** Where the other document has the schema, seen from the root; else at the same pointer. */
function counterpart(path: string, owner: string, known: Indexed, other: Indexed): string {
  const parts = partsOf(path);
  for (let length = parts.length; length > 0; length--) {
    const way = parts.slice(0, length);
    if (follow(known.document, way) !== owner) continue;
    const there = follow(other.document, way);
    if (there !== undefined && isObject(at(other.document, there))) return there;
  }
  return owner;
}

/** The pointer to which a way through references leads. */
function follow(document: JsonObject, way: string[]): string | undefined {
  let pointer: string | undefined = '#';
  for (const part of ['', ...way]) {
    if (part !== '') pointer = pointerOf([...partsOf(pointer), part]);
    pointer = behindReference(document, pointer);
    if (pointer === undefined) return undefined;
  }
  return pointer;
}

function behindReference(document: JsonObject, pointer: string): string | undefined {
  let target = pointer;
  for (let steps = 0; steps < 20; steps++) {
    const node = at(document, target);
    if (typeof node === 'string' && node.startsWith('#/')) target = node;
    else if (isObject(node) && typeof node['$ref'] === 'string') target = node['$ref'];
    else return node === undefined ? undefined : target;
  }
  return undefined;
}

function sideOf({ document, index }: Indexed, pointer: string): Side {
  const schema = resolve(document, at(document, pointer));
  return {
    pointer,
    schema: isObject(schema) ? schema : {},
    places: index.get(pointer)?.places ?? [],
    document,
  };
}

function propertyNames({ old, current }: Pick<Unit, 'old' | 'current'>): string[] {
  const names = [old, current].flatMap(({ schema }) => Object.keys(Object(schema['properties'])));
  return [...new Set(names)];
}

/** Parts of `allOf` came or went: what they say came or went. */
function unitsOfParts({ old, current }: Pick<Unit, 'old' | 'current'>): Unit[] {
  const partsIn = (side: Side): Side[] =>
    (Array.isArray(side.schema['allOf']) ? side.schema['allOf'] : []).map((part, position) => {
      const schema = resolve(side.document, part);
      const pointer = `${side.pointer}/allOf/${position}`;
      return { ...side, pointer, schema: isObject(schema) ? schema : {} };
    });
  const without = (parts: Side[], others: Side[]) =>
    parts.filter(({ schema }) => !others.some((other) => isSame(schema, other.schema)));
  const gone = without(partsIn(old), partsIn(current));
  const come = without(partsIn(current), partsIn(old));
  const pairs = Array.from({ length: Math.max(gone.length, come.length) }, (_, position) => ({
    old: gone[position] ?? { ...old, schema: {} },
    current: come[position] ?? { ...current, schema: {} },
  }));
  return pairs.flatMap((sides) => {
    const keywords = [...Object.keys(sides.old.schema), ...Object.keys(sides.current.schema)];
    return [...new Set(keywords)]
      .filter((keyword) => keyword !== 'then' && keyword !== 'else')
      .filter((keyword) => !isSame(sides.old.schema[keyword], sides.current.schema[keyword]))
      .flatMap((keyword) =>
        keyword === 'properties'
          ? propertyNames(sides).map((property) => ({ keyword, property, ...sides }))
          : [{ keyword, ...sides }],
      );
  });
}
