import { isObject, type JsonObject } from './pointer.ts';
import { anything, code, describe, list } from './words.ts';

/** A rule about several fields in a few words; for unusual ones, which fields it is about. */
export function ruleWords(rule: JsonObject): string {
  const [keyword = '', value] = Object.entries(rule)[0] ?? [];
  const { then, else: otherwise } = rule;
  const members = Array.isArray(value) ? value.map((member) => givenFields(member)) : [];
  const areChoices = members.length > 0 && members.every((fields) => fields !== undefined);
  const choices = members.map((fields) => list((fields ?? []).map(code), 'with'));
  if (keyword === 'oneOf' && areChoices) return `exactly one of ${list(choices)}`;
  if (keyword === 'anyOf' && areChoices) return `at least one of ${list(choices)}`;
  if (keyword === 'not') {
    const fields = givenFields(value);
    if (!hasFields(value))
      return describe(value) === anything ? 'no value at all' : `not ${describe(value)}`;
    if (fields) return fields.length > 1 ? `not ${together(fields)}` : `no ${together(fields)}`;
  }
  if (keyword === 'if') {
    const [condition, needs] = [givenFields(value), givenFields(then)];
    const other = givenFields(otherwise);
    if (condition?.length && (needs || then === true) && (other || otherwise === true)) {
      const parts = [
        ...(needs ? [`${together(condition)} needs ${together(needs)}`] : []),
        ...(other ? [`without ${together(condition)}, ${together(other)} must be given`] : []),
      ];
      if (parts.length > 0) return parts.join(', and ');
    }
  }
  if (keyword === 'dependentRequired' && isObject(value)) {
    const needs = Object.entries(value).map(
      ([name, names]) => `${code(name)} needs ${list((names as string[]).map(code))}`,
    );
    return list(needs);
  }
  const fields = [...new Set(fieldsOf(rule))];
  if (fields.length > 0) return `a condition on ${list(fields.map(code))}`;
  // What is left out is `true` here.
  return code(Object.fromEntries(Object.entries(rule).filter(([, part]) => part !== true)));
}

/** Whether a member of a union describes an object of its own, and is no rule about one. */
export function hasShape(member: unknown): boolean {
  if (!isObject(member)) return false;
  const properties = Object.values(Object(member['properties']));
  const describes = (property: unknown) =>
    ['type', '$ref', 'const'].some((keyword) => keyword in Object(property));
  return '$ref' in member || (member['type'] === 'object' && properties.some(describes));
}

/** Whether a rule, or a part of one, is about fields, and not about a value as a whole. */
export const hasFields = (value: unknown): boolean => fieldsOf(value).length > 0;

const unions = ['oneOf', 'anyOf'];

/** Keywords of rules about several fields; `if` is one, too, with its `then` and `else`. */
export const ruleKeywords = [...unions, 'not', 'dependentRequired', 'dependentSchemas'];

/**
 * Whether a keyword is a rule about several fields: unions can also be of several kinds of value.
 *
 * @param members of a union.
 */
export function isAboutFields(keyword: string, members: unknown[]): boolean {
  if (!unions.includes(keyword)) return keyword === 'if' || ruleKeywords.includes(keyword);
  return members.some(hasFields) && !members.some(hasShape);
}

const together = (fields: string[]) => list(fields.map(code), 'together with');

/** The fields that must be given, when the schema asks for nothing else. */
function givenFields(schema: unknown, prefix = ''): string[] | undefined {
  if (!isObject(schema)) return undefined;
  const found: string[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'required') {
      found.push(...(value as string[]).map((name) => prefix + name));
    } else if (keyword === 'properties' && isObject(value)) {
      for (const [name, property] of Object.entries(value)) {
        const inner = givenFields(property, `${prefix}${name}.`);
        if (!inner) return undefined;
        found.push(...inner);
      }
    } else if (keyword === 'allOf' && Array.isArray(value)) {
      const parts = value.map((part) => givenFields(part, prefix));
      if (!parts.every((part) => part !== undefined)) return undefined;
      found.push(...parts.flat());
    } else if (!['type', 'description', 'title'].includes(keyword)) return undefined;
  }
  return [...new Set(found)].filter(
    (field) => !found.some((other) => other.startsWith(`${field}.`)),
  );
}

/** Every field that a rule mentions. */
function fieldsOf(schema: unknown, prefix = ''): string[] {
  if (Array.isArray(schema)) return schema.flatMap((part) => fieldsOf(part, prefix));
  if (!isObject(schema)) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === 'required' && Array.isArray(value)) return value.map((name) => prefix + name);
    if (keyword === 'dependentRequired' || keyword === 'dependentSchemas') {
      const names = Object.keys(Object(value)).map((name) => prefix + name);
      return [
        ...names,
        ...Object.values(Object(value)).flatMap((part) =>
          isObject(part) ? fieldsOf(part, prefix) : [],
        ),
      ];
    }
    if (keyword === 'properties') {
      return Object.entries(Object(value)).flatMap(([name, property]) => {
        const inner = fieldsOf(property, `${prefix}${name}.`);
        return inner.length > 0 ? inner : [prefix + name];
      });
    }
    return typeof value === 'object' ? fieldsOf(value, prefix) : [];
  });
}
