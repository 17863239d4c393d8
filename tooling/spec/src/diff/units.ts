import { isSame } from './canonical.ts';
import { at, isObject, type JsonObject, partsOf, pointerOf } from './pointer.ts';
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

/** One schema before and after. */
export type Pair = Pick<Unit, 'old' | 'current'>;

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
 * Every schema that stands in both documents in the same place: types of the same name and bodies of
 * the same answer, and below them properties of the same name, through references. What stands in
 * combinations is compared with the keyword that combines it.
 */
export function pairsOf(old: Indexed, current: Indexed): Pair[] {
  const pairs = new Map<string, Pair>();
  const visit = (oldPointer: string, pointer: string): void => {
    const pair = { old: sideOf(old, oldPointer), current: sideOf(current, pointer) };
    const key = `${pair.old.pointer} ${pair.current.pointer}`;
    const areSchemas = [pair.old, pair.current].every(({ schema }) => schema !== nothing);
    if (pairs.has(key) || !areSchemas) return;
    pairs.set(key, pair);
    const below = (...parts: string[]) => {
      const [one, other] = [pair.old, pair.current].map((side) =>
        pointerOf([...partsOf(side.pointer), ...parts]),
      ) as [string, string];
      visit(one, other);
    };
    for (const name of Object.keys(Object(pair.current.schema['properties']))) {
      below('properties', name);
    }
    for (const keyword of ['items', 'additionalProperties']) below(keyword);
  };
  for (const pointer of current.index.keys()) {
    const isRoot = /^#\/components\/schemas\/[^/]+$|^#\/paths\/.*\/schema$/.test(pointer);
    if (isRoot && old.index.has(pointer)) visit(pointer, pointer);
  }
  return [...pairs.values()];
}

const nothing: JsonObject = {};

/** A schema behind its references. */
function sideOf({ document, index }: Indexed, start: string): Side {
  let pointer = start;
  let node = at(document, pointer);
  for (let steps = 0; steps < 20 && isObject(node) && typeof node['$ref'] === 'string'; steps++) {
    pointer = node['$ref'];
    node = at(document, pointer);
  }
  const schema = isObject(node) ? node : nothing;
  return { pointer, schema, places: index.get(pointer)?.places ?? [], document };
}

/** Which keywords of a schema differ. Those that say one thing together are one unit. */
export function unitsOf(pair: Pair): Unit[] {
  const [old, current] = [pair.old.schema, pair.current.schema];
  const units = new Map<string, Unit>();
  for (const keyword of new Set([...Object.keys(old), ...Object.keys(current)])) {
    if (isSame({ [keyword]: old[keyword] }, { [keyword]: current[keyword] })) continue;
    if (keyword === 'properties') {
      for (const property of propertiesThatDiffer(old, current)) {
        units.set(`properties ${property}`, { keyword, property, ...pair });
      }
      continue;
    }
    const isVisited =
      ['items', 'additionalProperties'].includes(keyword) &&
      isObject(old[keyword]) &&
      isObject(current[keyword]);
    if (isVisited) continue;
    const unit = unitOf(keyword, pair);
    units.set(unit, { keyword: unit, ...pair });
  }
  return [...units.values()];
}

function propertiesThatDiffer(...schemas: [JsonObject, JsonObject]): string[] {
  const [old, current] = schemas.map(({ properties }) => Object.keys(Object(properties))) as [
    string[],
    string[],
  ];
  return [
    ...old.filter((name) => !current.includes(name)),
    ...current.filter((name) => !old.includes(name)),
  ];
}

/** Of keywords that say one thing together, the one by which it is known. */
function unitOf(keyword: string, { old, current }: Pair): string {
  if (keyword === 'exclusiveMinimum') return 'minimum';
  if (keyword === 'exclusiveMaximum') return 'maximum';
  if (['if', 'then', 'else', 'allOf'].includes(keyword)) return 'rules';
  const members = [old, current].flatMap(({ schema }) => schema[keyword] ?? []);
  if (isAboutFields(keyword, members)) return 'rules';
  const listsValues = [old, current].every(({ schema }) => valuesOf(schema) !== undefined);
  return listsValues && ['const', 'enum', 'oneOf', 'anyOf'].includes(keyword) ? 'enum' : keyword;
}
