import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from './pointer.ts';
import { hasWords, valuesOf } from './words.ts';

/** A keyword and its value. */
export type Limit = [keyword: string, value: unknown];

/** What a keyword says together with those beside it; `undefined` when it limits nothing. */
export function effective(keyword: string, schema: JsonObject): Limit | undefined {
  const value = schema[keyword];
  if (keyword === 'minimum') return bound(schema, 'minimum', 'exclusiveMinimum', 1);
  if (keyword === 'maximum') return bound(schema, 'maximum', 'exclusiveMaximum', -1);
  if (keyword === 'type' && value === undefined) {
    const kinds = new Set(valuesOf(schema)?.map(kindOf));
    return kinds.size > 0 ? [keyword, [...kinds]] : undefined;
  }
  if (keyword === 'type') return [keyword, [value].flat()];
  const saysNothing =
    value === undefined ||
    (keyword === 'uniqueItems' && value === false) ||
    (keyword === 'multipleOf' && schema['type'] === 'integer' && 1 % Number(value) === 0) ||
    (least.includes(keyword) && value === 0);
  return saysNothing ? undefined : [keyword, value];
}

/** Of two bounds the tighter one; where values go in steps, as one that is included. */
function bound(
  schema: JsonObject,
  including: string,
  excluding: string,
  inward: 1 | -1,
): Limit | undefined {
  const [included, excluded] = [schema[including], schema[excluding]];
  if (typeof excluded !== 'number')
    return included === undefined ? undefined : [including, included];
  if (typeof included === 'number' && (included - excluded) * inward > 0) {
    return [including, included];
  }
  const step = schema['multipleOf'] ?? (schema['type'] === 'integer' ? 1 : undefined);
  if (typeof step !== 'number') return [excluding, excluded];
  const steps = Math.round((excluded / step) * 1e6) / 1e6;
  const next = inward > 0 ? Math.floor(steps) + 1 : Math.ceil(steps) - 1;
  const decimals = `${step}`.split('.')[1]?.length ?? 0;
  return [including, Number((next * step).toFixed(decimals))];
}

/** The bound as a schema writes it. */
export function writtenBound(keyword: 'minimum' | 'maximum', schema: JsonObject): Limit {
  const excluding = keyword === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
  return excluding in schema ? [excluding, schema[excluding]] : [keyword, schema[keyword]];
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const keywordsOfKinds: Record<string, string[]> = {
  string: ['minLength', 'maxLength', 'pattern'],
  number: ['minimum', 'maximum', 'multipleOf'],
  array: ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems'],
  object: ['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'],
};

/** Whether there are values, of the kinds that a schema names, which a keyword is about. */
export function canApply(keyword: string, schema: JsonObject): boolean {
  const kinds = effective('type', schema)?.[1];
  const kind = Object.keys(keywordsOfKinds).find((name) =>
    keywordsOfKinds[name]?.includes(keyword),
  );
  if (!Array.isArray(kinds) || kind === undefined) return true;
  return kinds.includes(kind) || (kind === 'number' && kinds.includes('integer'));
}

/** How the values that are legal now lie to those that were. */
export type Relation = 'wider' | 'narrower' | 'other';

const least = ['minLength', 'minItems', 'minProperties', 'minContains'];
const most = ['maxLength', 'maxItems', 'maxProperties', 'maxContains'];

/** @param old `undefined` where there was no limit; the same goes for now. */
export function relate(old: Limit | undefined, current: Limit | undefined): Relation {
  if (old === undefined) return 'narrower';
  if (current === undefined) return 'wider';
  const [[keyword, before], [newKeyword, now]] = [old, current];
  if (keyword === 'type') return relateTypes(typeSet(before), typeSet(now));
  if (typeof before !== 'number' || typeof now !== 'number') return 'other';
  if (keyword === 'multipleOf') return relateSteps(before, now);
  const isLeast = /minimum$/i.test(keyword) || least.includes(keyword);
  if (!isLeast && !/maximum$/i.test(keyword) && !most.includes(keyword)) return 'other';
  if (now === before) return newKeyword.startsWith('exclusive') ? 'narrower' : 'wider';
  return now > before === isLeast ? 'narrower' : 'wider';
}

/** The same for all keywords of two schemas. */
export function relateAll(old: JsonObject, current: JsonObject): Relation {
  const keywords = new Set([...Object.keys(old), ...Object.keys(current)]);
  const relations = [...keywords]
    .filter((keyword) => !isDeepStrictEqual(old[keyword], current[keyword]))
    .map(
      (keyword): Relation =>
        hasWords(keyword) ? relate(effective(keyword, old), effective(keyword, current)) : 'other',
    );
  const [first = 'other', ...others] = relations;
  return others.every((relation) => relation === first) ? first : 'other';
}

function relateTypes(old: Set<unknown>, current: Set<unknown>): Relation {
  if ([...old].every((type) => current.has(type))) return 'wider';
  return [...current].every((type) => old.has(type)) ? 'narrower' : 'other';
}

/** Every whole number is a number. */
function typeSet(type: unknown): Set<unknown> {
  const types = new Set<unknown>([type].flat());
  return types.has('number') ? types.add('integer') : types;
}

/** Every multiple of 0.1 is one of 0.01, too. */
function relateSteps(old: number, current: number): Relation {
  const isWhole = (ratio: number) => Math.abs(ratio - Math.round(ratio)) < 1e-9 * ratio;
  if (isWhole(old / current)) return 'wider';
  return isWhole(current / old) ? 'narrower' : 'other';
}

/** Whether no value is legal on both sides. */
export function areOtherKinds(old: JsonObject, current: JsonObject): boolean {
  const [before, now] = [effective('type', old), effective('type', current)];
  if (!before || !now) return false;
  const types = typeSet(now[1]);
  return ![...typeSet(before[1])].some((type) => types.has(type));
}
