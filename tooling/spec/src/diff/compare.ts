import { isSame } from './canonical.ts';
import type { Group } from './change.ts';
import { at, isObject, type JsonObject } from './pointer.ts';
import { compareRules } from './rule-logic.ts';
import { hasFields, ruleWords } from './rule-words.ts';
import type { Place } from './schema-places.ts';
import type { Side, Unit } from './units.ts';
import { code, describe, limit, list, valuesOf } from './words.ts';

/** What one unit means in one direction. */
export interface Finding {
  group: Group;
  /** Follows the name of the field. */
  text: string;
}

type Direction = Place['direction'];
/** How the values that are legal now lie to those that were. */
type Relation = 'wider' | 'narrower' | 'other';

/** Compares one keyword before and after; `undefined` when it means the same. */
export function compare(unit: Unit, direction: Direction): Finding | undefined {
  const { keyword } = unit;
  const [old, current] = [unit.old.schema, unit.current.schema];
  if (keyword === 'properties') return compareProperty(unit, direction);
  if (valueKeywords.includes(keyword)) {
    const [values, newValues] = [valuesOf(old), valuesOf(current)];
    if (values && newValues) return compareValues(values, newValues, direction);
    if (keyword === 'const' || keyword === 'enum') {
      return compareListing(values, newValues, direction);
    }
  }
  if (keyword === 'minimum' || keyword === 'maximum') {
    return compareLimit(keyword, old, current, direction);
  }
  if (isSame(ruleOf(keyword, old), ruleOf(keyword, current))) return undefined;
  if (keyword === 'required') return compareRequired(unit, direction);
  if (keyword === 'default') return compareDefault(old, current, direction);
  if (keyword === 'additionalProperties') return compareOpenness(old, current, direction);
  if (isProse(keyword)) return { group: 'Fixed', text: proseText(keyword, current[keyword]) };
  if (keyword === 'deprecated') return compareDeprecation(current);
  if (unionKeywords.includes(keyword) && !hasFields(old[keyword]) && !hasFields(current[keyword])) {
    return compareUnion(unit, direction);
  }
  if (ruleKeywords.includes(keyword)) return compareRule(unit, direction);
  return compareLimit(keyword, old, current, direction);
}

const valueKeywords = ['const', 'enum', 'oneOf', 'anyOf'];
const unionKeywords = ['oneOf', 'anyOf'];
const ruleKeywords = ['oneOf', 'anyOf', 'not', 'if', 'dependentRequired', 'dependentSchemas'];
const prose = ['title', 'description', 'examples', 'example', '$comment', 'externalDocs', 'xml'];

const isProse = (keyword: string) =>
  prose.includes(keyword) ||
  ['definitions', '$defs', 'contentMediaType', 'contentEncoding'].includes(keyword) ||
  keyword.startsWith('x-');

const ruleOf = (keyword: string, schema: JsonObject): unknown =>
  keyword === 'if' ? [schema['if'], schema['then'], schema['else']] : schema[keyword];

/** A request that was legal must stay so; a response must not be what it never was. */
function groupOf(relation: Relation, direction: Direction): Group {
  const harmless = direction === 'request' ? 'wider' : 'narrower';
  return relation === harmless ? 'Added' : 'Breaking';
}

function compareProperty({ property = '', old, current }: Unit, direction: Direction) {
  const [before, now] = [old, current].map(({ schema }) =>
    at(schema, `#/properties/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
  if (before === undefined && now !== undefined) {
    const isRequired = [current.schema['required']].flat().includes(property);
    const what = describe(resolveOne(current, now));
    if (direction === 'response') return added(`is new: ${what}.`);
    if (!isRequired) return added(`is new: ${what}.`);
    return breaking(`is new and required: ${what}. Add it to every request.`);
  }
  if (before !== undefined && now === undefined) {
    if (direction === 'response') {
      return breaking(`is no longer returned. Code that reads it has to do without.${hint()}`);
    }
    const isClosed = current.schema['additionalProperties'] === false;
    return breaking(
      isClosed
        ? `is gone. Requests that have it are refused: leave it out.${hint()}`
        : `is no longer described. Do not rely on it: leave it out.${hint()}`,
    );
  }
  return undefined;

  /** A new property of the same kind is probably the old one by another name. */
  function hint(): string {
    const [properties, newProperties] = [old, current].map(({ schema }) =>
      Object(schema['properties']),
    ) as [JsonObject, JsonObject];
    const same = Object.keys(newProperties).filter(
      (name) =>
        !(name in properties) &&
        isSame(
          withoutProse(resolveOne(current, newProperties[name])),
          withoutProse(resolveOne(old, before)),
        ),
    );
    return same.length === 1 ? ` ${code(same[0])} is new and takes the same values.` : '';
  }
}

function compareRequired({ old, current }: Unit, direction: Direction): Finding | undefined {
  const names = ({ schema }: Side) => [schema['required'] ?? []].flat() as string[];
  const isThere = ({ schema }: Side, name: string) => name in Object(schema['properties']);
  // A property that is new or gone says so itself.
  const both = (name: string) => isThere(old, name) === isThere(current, name);
  const come = names(current).filter((name) => !names(old).includes(name) && both(name));
  const gone = names(old).filter((name) => !names(current).includes(name) && both(name));
  const fields = (some: string[]) => `${list(some.map(code))} ${some.length > 1 ? 'are' : 'is'}`;
  const inside = (text: string, group: Group): Finding => ({ group, text: `: ${text}` });
  if (direction === 'request') {
    if (come.length > 0) {
      const optional = gone.length > 0 ? ` ${fields(gone)} optional now.` : '';
      return inside(
        `${fields(come)} required now. Add what is missing to every request.${optional}`,
        'Breaking',
      );
    }
    return gone.length > 0 ? inside(`${fields(gone)} optional now.`, 'Added') : undefined;
  }
  if (gone.length > 0) {
    return inside(`${list(gone.map(code))} may be missing now. Allow for that.`, 'Breaking');
  }
  return come.length > 0 ? inside(`${fields(come)} always there now.`, 'Added') : undefined;
}

function compareDefault(old: JsonObject, current: JsonObject, direction: Direction): Finding {
  const [before, now] = [old['default'], current['default']].map((value) => code(value));
  if (direction === 'response') return { group: 'Fixed', text: `has another default: ${now}.` };
  if (!('default' in old)) return added(`is ${now} when it is left out.`);
  if (!('default' in current)) {
    const text = `no longer says what it is when it is left out (before: ${before}). Give it where that matters.`;
    return breaking(text);
  }
  return breaking(
    `is ${now} now when it is left out (before: ${before}). Give it where the old value matters.`,
  );
}

function compareOpenness(
  old: JsonObject,
  current: JsonObject,
  direction: Direction,
): Finding | undefined {
  const [before, now] = [old, current].map((schema) => schema['additionalProperties'] ?? true);
  if (isSame(before, now)) return undefined;
  if (now === false) {
    return direction === 'request'
      ? breaking('takes no other properties now than those described. Leave others out.')
      : breaking('has no other properties now than those described. Do not read others.');
  }
  if (before === false) {
    return added(
      direction === 'request' ? 'takes further properties.' : 'may have more properties.',
    );
  }
  return breaking(`takes other values now in properties that are not described: ${describe(now)}.`);
}

function compareValues(old: unknown[], current: unknown[], direction: Direction) {
  const within = (value: unknown, values: unknown[]) => values.some((one) => isSame(one, value));
  const come = current.filter((value) => !within(value, old));
  const gone = old.filter((value) => !within(value, current));
  const words = (values: unknown[]) => list(values.map(code), 'or');
  const all = words(current);
  if (come.length === 0 && gone.length === 0)
    return { group: 'Fixed', text: 'describes its values anew.' } as const;
  if (old.length === 1 && current.length === 1) {
    const text = `is ${all} now (before: ${words(old)}).`;
    return breaking(
      direction === 'request'
        ? `${text} Send the new value; the old one is refused.`
        : `${text} Compare with the new value.`,
    );
  }
  if (direction === 'request') {
    const also = come.length > 0 ? ` It also takes ${words(come)}.` : '';
    if (gone.length === 0) return added(`also takes ${words(come)}.`);
    return breaking(`no longer takes ${words(gone)}. Send ${all} instead.${also}`);
  }
  const never = gone.length > 0 ? ` It is never ${words(gone)} any more.` : '';
  if (come.length === 0) return added(`is never ${words(gone)} any more.`);
  return breaking(
    `can also be ${words(come)}. Allow for that where values are told apart.${never}`,
  );
}

/** The values are listed one by one only before, or only now. */
function compareListing(
  old: unknown[] | undefined,
  current: unknown[] | undefined,
  direction: Direction,
): Finding {
  const all = list((current ?? old ?? []).map(code), 'or');
  if (direction === 'request') {
    if (current) return breaking(`has to be ${all} now. Requests with anything else are refused.`);
    return added(`also takes other values than ${all}.`);
  }
  if (current) return added(`is always ${all} now.`);
  return breaking(`can be another value than ${all} now. Allow for that.`);
}

/** One of several kinds of value, which are taken to be distinct. */
function compareUnion({ keyword, old, current }: Unit, direction: Direction): Finding {
  const members = ({ schema }: Side): unknown[] => [schema[keyword] ?? []].flat();
  const [before, now] = [members(old), members(current)];
  const within = (member: unknown, all: unknown[]) => all.some((one) => isSame(one, member));
  const words = (side: Side, some: unknown[]) =>
    list([...new Set(some.map((member) => describe(resolveOne(side, member))))], 'or');
  const come = words(
    current,
    now.filter((member) => !within(member, before)),
  );
  const gone = words(
    old,
    before.filter((member) => !within(member, now)),
  );
  const isRequest = direction === 'request';
  if (now.length === 0 || before.length === 0) {
    return limited(
      before.length > 0 ? gone : undefined,
      now.length > 0 ? come : undefined,
      direction,
    );
  }
  if (isRequest) {
    if (!gone) return added(`also takes ${come}.`);
    const also = come ? ` It also takes ${come}.` : '';
    return breaking(`no longer takes ${gone}. Send ${words(current, now)} instead.${also}`);
  }
  if (!come) return added(`is never ${gone} any more.`);
  const never = gone ? ` It is never ${gone} any more.` : '';
  return breaking(`can also be ${come}. Allow for that where values are told apart.${never}`);
}

function compareDeprecation(current: JsonObject): Finding {
  if (current['deprecated'] === true) return added('is deprecated. Plan to do without it.');
  return { group: 'Fixed', text: 'is no longer deprecated.' };
}

function compareRule(unit: Unit, direction: Direction): Finding | undefined {
  const { keyword } = unit;
  const sides = [unit.old, unit.current].map((side) => ({
    rule: keyword === 'if' ? pick(side.schema, 'if', 'then', 'else') : pick(side.schema, keyword),
    // A part of `allOf` is about the object that has it.
    owner: Object(at(side.document, side.pointer.replace(/(\/allOf\/\d+)+$/, ''))) as JsonObject,
    document: side.document,
  })) as [Parameters<typeof compareRules>[0], Parameters<typeof compareRules>[0]];
  const [before, now] = [unit.old, unit.current].map(({ schema }) =>
    keyword in schema ? ruleWords(keyword, schema[keyword], schema['then']) : undefined,
  );
  const what =
    before === undefined
      ? `follows a new rule: ${now}.`
      : now === undefined
        ? `no longer follows the rule: ${before}.`
        : before === now
          ? `follows another form of the rule: ${now}.`
          : `follows another rule: ${now} (before: ${before}).`;
  const effect = compareRules(...sides);
  const words = (fields: string[]) =>
    fields.length > 0 ? `one with ${list(fields.map(code))}` : 'one without any of these fields';
  if (direction === 'response') {
    if (effect && !effect.accepted) return effect.refused ? added(what) : reworded(what);
    return breaking(`${what} Allow for that.`);
  }
  if (!effect) return breaking(`${what} Requests that break it are refused.`);
  if (effect.refused)
    return breaking(`${what} For example, ${words(effect.refused)} is refused now.`);
  if (effect.accepted)
    return added(`${what} For example, ${words(effect.accepted)} is accepted now.`);
  return reworded(what);
}

const reworded = (what: string): Finding => ({
  group: 'Fixed',
  text: `${what} What is accepted stays the same.`,
});

function compareLimit(
  keyword: string,
  old: JsonObject,
  current: JsonObject,
  direction: Direction,
): Finding | undefined {
  const [limitBefore, limitNow] = [effective(keyword, old), effective(keyword, current)];
  if (isSame(limitBefore, limitNow)) return undefined;
  const [before, now] = [limitBefore, limitNow].map((one) => one && limit(...one));
  const relation = relate(limitBefore, limitNow);
  return limited(before, now, direction, relation);
}

/** A limit that is new, gone or another; `undefined` where there is none. */
function limited(
  before: string | undefined,
  now: string | undefined,
  direction: Direction,
  relation: Relation = now === undefined ? 'wider' : 'narrower',
): Finding {
  const advice =
    direction === 'request' ? 'Requests with anything else are refused.' : 'Allow for that.';
  const group = groupOf(relation, direction);
  const end = group === 'Breaking' ? ` ${advice}` : '';
  if (now === undefined) return { group, text: `need not be ${before} any more.${end}` };
  const verbs = { request: 'has to be', response: 'is always' };
  const verb = relation === 'wider' ? 'can be' : verbs[direction];
  const was = before === undefined ? '' : ` (before: ${before})`;
  return { group, text: `${verb} ${now} now${was}.${end}` };
}

/** A keyword and its value. */
type Limit = [keyword: string, value: unknown];

/** What a keyword says together with those beside it; `undefined` when it limits nothing. */
function effective(keyword: string, schema: JsonObject): Limit | undefined {
  const value = schema[keyword];
  if (keyword === 'minimum') return bound(schema, 'minimum', 'exclusiveMinimum', 1);
  if (keyword === 'maximum') return bound(schema, 'maximum', 'exclusiveMaximum', -1);
  if (keyword === 'type' && value === undefined) {
    const kinds = new Set(valuesOf(schema)?.map(kindOf));
    return kinds.size > 0 ? [keyword, [...kinds]] : undefined;
  }
  if (keyword === 'type') return [keyword, [value].flat()];
  const saysNothing = value === undefined || value === false || value === 0;
  return saysNothing ? undefined : [keyword, value];
}

/** Of two bounds the tighter one; of a whole number, as one that is included. */
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
  if (schema['type'] !== 'integer') return [excluding, excluded];
  const next = inward > 0 ? Math.floor(excluded) + 1 : Math.ceil(excluded) - 1;
  return [including, next];
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const least = ['minLength', 'minItems', 'minProperties', 'minContains'];
const most = ['maxLength', 'maxItems', 'maxProperties', 'maxContains'];

function relate(old: Limit | undefined, current: Limit | undefined): Relation {
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

function proseText(keyword: string, now: unknown): string {
  if (keyword === 'definitions' || keyword === '$defs') {
    const names = isObject(now) ? Object.keys(now).map(code) : [];
    const what = names.length > 0 ? `: ${list(names)}` : '';
    return `has other definitions beside its rule${what}. What is accepted stays the same.`;
  }
  if (keyword === 'title') return `is called ${code(now)} in the documentation.`;
  if (keyword === 'description') {
    return now === undefined ? 'is no longer described.' : `is described anew: ${code(now)}.`;
  }
  return `has another ${code(keyword)} in the document. What is accepted stays the same.`;
}

const resolveOne = (side: Side, schema: unknown): unknown =>
  isObject(schema) && typeof schema['$ref'] === 'string'
    ? at(side.document, schema['$ref'])
    : schema;

const withoutProse = (schema: unknown) =>
  isObject(schema) ? { ...schema, title: undefined, description: undefined } : schema;

const pick = (schema: JsonObject, ...keywords: string[]): JsonObject =>
  Object.fromEntries(
    keywords.filter((keyword) => keyword in schema).map((keyword) => [keyword, schema[keyword]]),
  );

const breaking = (text: string): Finding => ({ group: 'Breaking', text });
const added = (text: string): Finding => ({ group: 'Added', text });
