import { isSame } from './canonical.ts';
import { added, breaking, type Finding } from './finding.ts';
import { isObject, type JsonObject, step } from './pointer.ts';
import { compareRules, type Effect, type RuleSide } from './rule-logic.ts';
import { hasFields, isAboutFields, ruleKeywords, ruleWords } from './rule-words.ts';
import type { Place } from './schema-places.ts';
import type { Side, Unit } from './units.ts';
import { code, list } from './words.ts';

/** One rule about several fields: the schema that says nothing else. */
type FieldRule = JsonObject;

/** Compares the rules about several fields of an object, those in its `allOf` included. */
export function compareFieldRules(
  { old, current }: Unit,
  direction: Place['direction'],
): Finding | undefined {
  const [before, now] = [rulesIn(old.schema), rulesIn(current.schema)];
  const [gone, come] = [without(before, now), without(now, before)];
  if (gone.length === 0 && come.length === 0) return undefined;

  const what = sentence(gone, come);
  const effect =
    compareRules(sideOf(old, before), sideOf(current, now)) ??
    compareRules(sideOf(old, gone), sideOf(current, come));
  if (direction === 'response') {
    if (!effect || effect.accepted) return breaking(`${what} Allow for that.`);
    return effect.refused ? added(what) : reworded(what);
  }
  const isAboutValue = ![...gone, ...come].some(hasFields);
  if (isAboutValue && effect?.accepted && !effect.refused) return added(what);
  if (!effect || (isAboutValue && effect.refused)) {
    return breaking(`${what} Requests that break it are refused.`);
  }
  if (effect.refused) return breaking(`${what} ${example(effect.refused)} is refused now.`);
  if (effect.accepted) return added(`${what} ${example(effect.accepted)} is accepted now.`);
  return reworded(what);
}

function rulesIn(schema: JsonObject): FieldRule[] {
  const parts = Array.isArray(schema['allOf']) ? schema['allOf'].filter(isObject) : [];
  const rules = ruleKeywords
    .filter((keyword) => keyword in schema && isAboutFields(keyword, [schema[keyword]].flat()))
    .map((keyword) => ({ [keyword]: schema[keyword] }));
  if ('if' in schema) {
    const parts = ['if', 'then', 'else'].map((keyword) => [keyword, schema[keyword] ?? true]);
    rules.push(Object.fromEntries(parts));
  }
  return [...rules, ...parts.flatMap((part) => [...rulesIn(part), ...limitsIn(part, schema)])];
}

/** What a part of `allOf` asks of the properties that are described beside it. */
function limitsIn(part: JsonObject, schema: JsonObject): FieldRule[] {
  const limits = Object.entries(Object(part['properties'])).filter(
    ([name]) => step(schema['properties'], name) !== undefined,
  );
  return limits.map(([name, limit]) => ({ properties: { [name]: limit } }));
}

const without = (rules: FieldRule[], others: FieldRule[]) =>
  rules.filter((rule) => !others.some((other) => isSame(rule, other)));

const sideOf = ({ schema, document }: Side, rules: FieldRule[]): RuleSide => ({
  rule: { allOf: rules },
  owner: schema,
  document,
});

function sentence(gone: FieldRule[], come: FieldRule[]): string {
  const words = (rules: FieldRule[]) => rules.map(ruleWords);
  const [before, now] = [words(gone).join('; '), words(come).join('; ')];
  const many = Math.max(gone.length, come.length) > 1;
  if (gone.length === 0) return `follows ${many ? 'new rules' : 'a new rule'}: ${now}.`;
  if (come.length === 0) return `no longer follows the ${many ? 'rules' : 'rule'}: ${before}.`;
  if (before === now) return `follows another form of the rule: ${now}.`;
  return `follows ${many ? 'other rules' : 'another rule'}: ${now} (before: ${before}).`;
}

function example(fields: NonNullable<Effect['refused']>): string {
  return `For example, one ${fields.length > 0 ? `with ${list(fields.map(code))}` : 'without any of these fields'}`;
}

const reworded = (what: string): Finding => ({
  group: 'Fixed',
  text: `${what} What is accepted stays the same.`,
});
