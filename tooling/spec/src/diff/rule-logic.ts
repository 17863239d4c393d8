import { canonical } from './canonical.ts';
import { isObject, type JsonObject, resolve, step } from './pointer.ts';

/** Whether an object keeps to a rule, given what is true of it. */
type Rule = (isTrue: (fact: string) => boolean) => boolean;

/** What a new rule does that the old one did not: an example of each, as the fields that it has. */
export interface Effect {
  /** Was accepted and is refused now. */
  refused?: string[];
  /** Was refused and is accepted now. */
  accepted?: string[];
}

/** A rule, the object it is about, and the document they stand in. */
export interface RuleSide {
  rule: JsonObject;
  owner: JsonObject;
  document: JsonObject;
}

/** Parts the names of a field from each other; no name has it. */
const dot = '\u0000';
/** Parts a field from what is asked of its value; a fact with it is no field. */
const asks = '\u0001';

/** With more facts than these, all their combinations are too many. */
const maxFacts = 14;

/** These say nothing about what is accepted. */
const annotations = ['title', 'description', 'default', 'examples', '$comment', 'deprecated'];

/**
 * Compares what rules about several fields together (`required`, `not`, `if`, `oneOf`, …) accept, by
 * trying every combination of given fields. What else such a rule asks of a value counts as a fact
 * that may be true or not.
 *
 * A field that a side does not know cannot be given there.
 *
 * @returns `undefined` when there are too many combinations.
 */
export function compareRules(old: RuleSide, current: RuleSide): Effect | undefined {
  const facts = new Set<string>();
  const accepts = [old, current].map(({ rule, ...side }) => {
    const holds = compile(rule, '', facts);
    return (isTrue: (fact: string) => boolean, given: string[]) =>
      holds(isTrue) && given.every((field) => isKnown(field, side));
  }) as [AcceptsFields, AcceptsFields];
  const all = [...facts].sort((one, other) => one.length - other.length);
  if (all.length > maxFacts) return undefined;

  const effect: Effect = {};
  // The fewer fields an example has, the clearer it is.
  const combinations = [...Array(2 ** all.length).keys()].sort((a, b) => ones(a) - ones(b));
  for (const bits of combinations) {
    const truths = new Set(all.filter((_, position) => (bits >> position) & 1));
    if (![...truths].every((fact) => isPossible(fact, truths))) continue;
    const isTrue = (fact: string) => truths.has(fact);
    const given = [...truths].filter((fact) => !fact.includes(asks));
    const [wasAccepted, isAccepted] = accepts.map((accept) => accept(isTrue, given));
    if (wasAccepted && !isAccepted) effect.refused ??= outermost(given);
    if (!wasAccepted && isAccepted) effect.accepted ??= outermost(given);
  }
  return effect;
}

function compile(schema: unknown, field: string, facts: Set<string>): Rule {
  if (schema === false) return () => false;
  if (!isObject(schema)) return () => true;
  const nameOf = (name: string) => (field ? field + dot + name : name);
  const given = (name: string): Rule => {
    const fact = nameOf(name);
    facts.add(fact);
    return (isTrue) => isTrue(fact);
  };
  const members = (value: unknown) =>
    (Array.isArray(value) ? value : []).map((member) => compile(member, field, facts));
  const entries = (value: unknown) => Object.entries(isObject(value) ? value : {});

  const rules = Object.entries(schema).map(([keyword, value]): Rule => {
    if (keyword === 'required') return every((value as string[]).map(given));
    if (keyword === 'properties') {
      return every(
        entries(value).map(([name, property]) => {
          const isGiven = given(name);
          const rule = compile(property, nameOf(name), facts);
          return (isTrue) => !isGiven(isTrue) || rule(isTrue);
        }),
      );
    }
    if (keyword === 'dependentRequired' || keyword === 'dependentSchemas') {
      return every(
        entries(value).map(([name, needs]) => {
          const isGiven = given(name);
          const rule = Array.isArray(needs)
            ? every(needs.map(given))
            : compile(needs, field, facts);
          return (isTrue) => !isGiven(isTrue) || rule(isTrue);
        }),
      );
    }
    if (keyword === 'allOf') return every(members(value));
    if (keyword === 'anyOf') {
      const parts = members(value);
      return (isTrue) => parts.some((part) => part(isTrue));
    }
    if (keyword === 'oneOf') {
      const parts = members(value);
      return (isTrue) => parts.filter((part) => part(isTrue)).length === 1;
    }
    if (keyword === 'not') {
      const rule = compile(value, field, facts);
      return (isTrue) => !rule(isTrue);
    }
    if (keyword === 'if') {
      const [condition, then, otherwise] = [value, schema['then'], schema['else']].map((part) =>
        compile(part ?? true, field, facts),
      ) as [Rule, Rule, Rule];
      return (isTrue) => (condition(isTrue) ? then(isTrue) : otherwise(isTrue));
    }
    const isSilent = ['then', 'else', ...annotations].includes(keyword) || /^x-/.test(keyword);
    if (isSilent || (keyword === 'type' && value === 'object')) return () => true;
    const fact = `${field}${asks}${keyword} ${JSON.stringify(canonical(value, keyword))}`;
    facts.add(fact);
    return (isTrue) => isTrue(fact);
  });
  return every(rules);
}

type AcceptsFields = (isTrue: (fact: string) => boolean, given: string[]) => boolean;

const every =
  (rules: Rule[]): Rule =>
  (isTrue) =>
    rules.every((rule) => rule(isTrue));

const ones = (bits: number) => bits.toString(2).replaceAll('0', '').length;

/** A field is only there when what encloses it is. */
function isPossible(fact: string, truths: Set<string>): boolean {
  if (fact.includes(asks)) return true;
  const enclosing = fact.split(dot).slice(0, -1).join(dot);
  return enclosing === '' || truths.has(enclosing);
}

/** Whether an object may have the field: its schema names it, or is open. */
function isKnown(field: string, { owner, document }: Omit<RuleSide, 'rule'>): boolean {
  let schema: unknown = owner;
  for (const name of field.split(dot)) {
    const object = resolve(document, schema);
    if (!isObject(object)) return true;
    const property = step(object['properties'], name);
    if (property === undefined) return object['additionalProperties'] !== false;
    schema = property;
  }
  return true;
}

/** The plain names of the fields, without those of which a part is named. */
const outermost = (fields: string[]) =>
  fields
    .filter((field) => !fields.some((other) => other.startsWith(field + dot)))
    .map((field) => field.replaceAll(dot, '.'));
