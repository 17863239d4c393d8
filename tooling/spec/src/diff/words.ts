import { isObject, type JsonObject, partsOf } from './pointer.ts';
import type { Place } from './schema-places.ts';

/** Longer texts of the document are cut, in characters. */
const longest = 240;

/**
 * Text from the document as a Markdown code span. The document is not ours: within a code span
 * nothing of it becomes a link, a mention, HTML, a line of its own or an escape sequence.
 */
export function code(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, named) ?? 'nothing');
  const plain = text
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .replaceAll('`', "'")
    .trim();
  const characters = [...plain];
  const shown = characters.length > longest ? `${characters.slice(0, longest).join('')}…` : plain;
  return `\`${shown || ' '}\``;
}

/** What is referred to by its name in place of its JSON Pointer. */
const named = (_: string, value: unknown) =>
  isObject(value) && typeof value['$ref'] === 'string' ? partsOf(value['$ref']).at(-1) : value;

/** Of longer lists the beginning is shown. */
const mostItems = 24;

/** `a`, `b` and `c`. */
export function list(items: string[], last = 'and'): string {
  if (items.length < 2) return items.join('');
  if (items.length > mostItems) {
    const rest = items.length - mostItems + 1;
    return `${items.slice(0, mostItems - 1).join(', ')} ${last} ${rest} more`;
  }
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** The field by its plain name, with what it belongs to. */
export function label({ direction, field, of }: Place): string {
  if (direction === 'response') {
    if (!field) return of === undefined ? 'A response' : `The answer ${code(of)}`;
    return `${code(field)} (response${of === undefined ? '' : `, ${code(of)}`})`;
  }
  if (!field) return of === undefined ? 'A request' : `The ${code(of)} task`;
  const isJob = of === undefined || of === 'videoInference';
  return isJob ? code(field) : `${code(field)} of the ${code(of)} task`;
}

const types: Record<string, string> = {
  array: 'a list',
  boolean: '`true` or `false`',
  integer: 'a whole number',
  null: '`null`',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

function typeWords(type: unknown): string {
  return list(
    [type].flat().map((name) => types[String(name)] ?? code(name)),
    'or',
  );
}

/** Said of a schema that asks for nothing. */
export const anything = 'any value';

/** What a value must be, in a few words: `a whole number, from 1 to 20 (1 when it is left out)`. */
export function describe(schema: unknown): string {
  if (!isObject(schema)) return anything;
  const values = valuesOf(schema);
  if (schema['type'] === 'object' && schema['title']) return code(schema['title']);
  const parts = values ? [list(values.map(code), 'or')] : limits(schema);
  const isSaid = parts.some((part) => /^(text|a list|an object) /.test(part));
  if (!values && !isSaid && schema['type'] !== undefined) parts.unshift(typeWords(schema['type']));
  for (const keyword of ['anyOf', 'oneOf']) {
    const members = schema[keyword];
    if (values || !Array.isArray(members)) continue;
    const kinds = [...new Set(members.map(describe))].filter((kind) => kind !== anything);
    if (kinds.length > 0) parts.push(list(kinds, 'or'));
  }
  if (parts.length === 0) parts.push(anything);
  const fallback = 'default' in schema ? ` (${code(schema['default'])} when it is left out)` : '';
  return parts.join(', ') + fallback;
}

const count = (number: unknown, one: string, many = `${one}s`) =>
  `${code(number)} ${number === 1 ? one : many}`;

/** Keyword, and how its value is said of the value it limits. */
const limitWords: Record<string, (limit: unknown) => string> = {
  minimum: (limit) => `${code(limit)} or more`,
  exclusiveMinimum: (limit) => `more than ${code(limit)}`,
  maximum: (limit) => `${code(limit)} or less`,
  exclusiveMaximum: (limit) => `less than ${code(limit)}`,
  multipleOf: (limit) => `a multiple of ${code(limit)}`,
  minLength: (limit) => `text of at least ${count(limit, 'character')}`,
  maxLength: (limit) => `text of at most ${count(limit, 'character')}`,
  minItems: (limit) => `a list of at least ${count(limit, 'element')}`,
  maxItems: (limit) => `a list of at most ${count(limit, 'element')}`,
  minProperties: (limit) => `an object with at least ${count(limit, 'property', 'properties')}`,
  maxProperties: (limit) => `an object with at most ${count(limit, 'property', 'properties')}`,
  uniqueItems: () => 'a list without repetitions',
  pattern: (limit) => `text that matches ${code(limit)}`,
  format: (limit) => `text in the format ${code(limit)}`,
  type: typeWords,
};

const limits = (schema: JsonObject): string[] =>
  Object.keys(limitWords)
    .filter((keyword) => keyword !== 'type' && schema[keyword] !== undefined)
    .map((keyword) => limit(keyword, schema[keyword]));

export const hasWords = (keyword: string): boolean => keyword in limitWords;

/** One limit in words. */
export const limit = (keyword: string, value: unknown): string =>
  limitWords[keyword]?.(value) ?? `${code(keyword)} ${code(value)}`;

/** The values that a schema lists one by one, however it does so. */
export function valuesOf(schema: JsonObject): unknown[] | undefined {
  if ('const' in schema) return [schema['const']];
  if (Array.isArray(schema['enum'])) return schema['enum'];
  for (const keyword of ['oneOf', 'anyOf']) {
    const members = schema[keyword];
    if (!Array.isArray(members) || members.length === 0) continue;
    const values = members.map((member) => (isObject(member) ? valuesOf(member) : undefined));
    if (values.every((value) => value !== undefined)) return values.flat();
  }
  return undefined;
}
