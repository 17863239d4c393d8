import { isSame } from './canonical.ts';
import { at, isObject, type JsonObject, partsOf, pointerOf, resolve, step } from './pointer.ts';
import type { Difference } from './redocly-diff.ts';
import { isAboutFields } from './rule-words.ts';
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

type Sides = Pick<Unit, 'old' | 'current'>;

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
  const found = ownersOf(difference, old, current);
  if (!found) return undefined;
  const sides = { old: sideOf(old, found.old), current: sideOf(current, found.current) };
  return unitsOfKeyword(sides, ...found.rest);
}

/** What differs in a keyword of the schema that both documents have at a pointer. */
export function unitsAt(pointer: string, keyword: string, old: Indexed, current: Indexed): Unit[] {
  return unitsOfKeyword({ old: sideOf(old, pointer), current: sideOf(current, pointer) }, keyword);
}

function unitsOfKeyword(sides: Sides, keyword = '', property?: string): Unit[] {
  const members = [sides.old, sides.current].flatMap(({ schema }) => schema[keyword] ?? []);
  if (isAboutFields(keyword, members)) return [rulesOf(sides)];
  if (keyword === 'properties') return unitsOfProperties(sides, property);
  if (keyword === 'required') return [requiredOf(sides)];
  if (keyword === 'allOf') return unitsOfParts(sides);
  return [{ keyword: leading(keyword, sides), ...sides }];
}

/** A property that `redocly diff` takes for another by a new name: one is gone, one has come. */
export function unitsOfRenamed(
  { base, revision }: Difference,
  old: Indexed,
  current: Indexed,
): Unit[] {
  const [oldParts, parts] = [base, revision].map((one) => partsOf(one?.pointer ?? ''));
  if (!oldParts || !parts) return [];
  const sides = {
    old: sideOf(old, pointerOf(oldParts.slice(0, -2))),
    current: sideOf(current, pointerOf(parts.slice(0, -2))),
  };
  return [oldParts, parts].map((way) => ({
    keyword: 'properties',
    property: way.at(-1) ?? '',
    ...sides,
  }));
}

/** The schema that differs in each document, and the rest of the way to what differs in it. */
function ownersOf(difference: Difference, old: Indexed, current: Indexed) {
  const { base, revision, path } = difference;
  // Where a keyword is missing, the report points at its schema; the other side has it.
  const isInNew = revision !== undefined && (!base || pointsAtChange(revision, difference));
  const [known, other] = isInNew ? [current, old] : [old, current];
  const [pointer, otherPointer] = isInNew ? [revision, base] : [base, revision];
  const found = locate(known, pointer?.pointer ?? '');
  if (!found) return undefined;
  const there =
    otherPointer &&
    (pointsAtChange(otherPointer, difference)
      ? locate(other, otherPointer.pointer)?.owner
      : ownerAt(other, otherPointer.pointer));
  const otherOwner = there ?? counterpart(path, found.owner, known, other);
  const [oldOwner, currentOwner] = isInNew ? [otherOwner, found.owner] : [found.owner, otherOwner];
  return { old: oldOwner, current: currentOwner, rest: found.rest };
}

const pointsAtChange = ({ pointer }: { pointer: string }, { property }: Difference) =>
  property === undefined || partsOf(pointer).at(-1) === property;

function ownerAt(indexed: Indexed, pointer: string): string | undefined {
  const node = indexed.index.get(pointer);
  return node ? (node.rule?.owner ?? pointer) : locate(indexed, pointer)?.owner;
}

/** Of keywords that say one thing together, the one by which it is known. */
function leading(keyword: string, { old, current }: Sides): string {
  if (keyword === 'exclusiveMinimum') return 'minimum';
  if (keyword === 'exclusiveMaximum') return 'maximum';
  const listsValues = [old, current].every(({ schema }) => valuesOf(schema) !== undefined);
  return listsValues && ['const', 'enum', 'oneOf', 'anyOf'].includes(keyword) ? 'enum' : keyword;
}

/** All rules of an object, whichever of them differs: one can take the place of another. */
function rulesOf({ old, current }: Sides): Unit {
  const [oldObject, object] = [old, current].map((side): Side => {
    // A part of `allOf` is about the object that has it.
    const pointer = side.pointer.replace(/(\/allOf\/\d+)+$/, '');
    return { ...side, pointer, schema: schemaOf(side.document, at(side.document, pointer)) };
  }) as [Side, Side];
  return { keyword: 'rules', old: oldObject, current: object };
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
  return {
    pointer,
    schema: schemaOf(document, at(document, pointer)),
    places: index.get(pointer)?.places ?? [],
    document,
  };
}

/** A schema behind its references; what is none says nothing. */
function schemaOf(document: JsonObject, node: unknown): JsonObject {
  const schema = resolve(document, node);
  return isObject(schema) ? schema : {};
}

/** Properties that came or went. In a part of `allOf`, those described beside it are rules about them. */
function unitsOfProperties(sides: Sides, property?: string): Unit[] {
  const { old, current } = rulesOf(sides);
  const isPart = old.pointer !== sides.old.pointer || current.pointer !== sides.current.pointer;
  const isDescribed = (name: string) =>
    [old, current].some(({ schema }) => step(schema['properties'], name) !== undefined);
  const names = [sides.old, sides.current].flatMap(({ schema }) =>
    Object.keys(Object(schema['properties'])),
  );
  return [...new Set(property === undefined ? names : [property])].map((name) =>
    isPart && isDescribed(name)
      ? rulesOf(sides)
      : { keyword: 'properties', property: name, ...sides },
  );
}

const requiredOf = (sides: Sides): Unit => ({ ...rulesOf(sides), keyword: 'required' });

/** Parts of `allOf` came or went: what they say came or went. */
function unitsOfParts({ old, current }: Sides): Unit[] {
  const partsIn = (side: Side): Side[] =>
    (Array.isArray(side.schema['allOf']) ? side.schema['allOf'] : []).map((part, position) => ({
      ...side,
      pointer: `${side.pointer}/allOf/${position}`,
      schema: schemaOf(side.document, part),
    }));
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
      .flatMap((keyword) => unitsOfKeyword(sides, keyword));
  });
}
