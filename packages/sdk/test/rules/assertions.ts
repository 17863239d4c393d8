import type { ErrorObject } from 'ajv';
import type { Schema } from './upstream-schema.js';

/**
 * One thing the schema demands. `id` is the name under which Ajv reports it: the pointer of the
 * keyword in the schema, with the property's name where one keyword makes several demands.
 */
export interface Assertion {
  id: string;
  keyword: string;
  /** Where the values are that it is about: property names, and `[]` for every element. */
  place: string[];
  /** For `required`, the missing property; for `dependentRequired`, the given and the missing. */
  names: string[];
  /** What the schema says at that keyword. */
  value: unknown;
  /** The schema the keyword stands in. */
  schema: Schema;
  /** Below `anyOf`, `oneOf`, `not`, `if` or `allOf`: a part of another rule. */
  isPart: boolean;
}

const annotations = ['title', 'description', 'default', 'properties', 'items', 'definitions'];
const single = [
  ...['type', 'const', 'enum', 'format', 'minLength', 'maxLength', 'minItems', 'maxItems'],
  ...['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf', 'uniqueItems'],
  ...['not', 'if', 'anyOf', 'oneOf'],
];

/** Every assertion in the schema of which Ajv can report a failure. Unknown keywords throw. */
export function assertionsOf(
  schema: Schema,
  pointer = '#',
  place: string[] = [],
  isPart = false,
): Assertion[] {
  const found: Assertion[] = [];
  const add = (keyword: string, ...names: string[]) => {
    const id = [`${pointer}/${keyword}`, ...names].join(' ');
    found.push({ id, keyword, place, names, value: schema[keyword], schema, isPart });
  };
  const walk = (part: unknown, below: string, step: string[] = [], partial = isPart) => {
    const parts = assertionsOf(part as Schema, `${pointer}/${below}`, [...place, ...step], partial);
    found.push(...parts);
  };

  for (const [keyword, value] of Object.entries(schema)) {
    if (single.includes(keyword)) add(keyword);
    else if (keyword === 'required') {
      for (const name of value as string[]) add(keyword, name);
    } else if (keyword === 'dependentRequired') {
      for (const [given, names] of Object.entries(value as Record<string, string[]>)) {
        for (const name of names) add(keyword, given, name);
      }
    } else if (keyword === 'additionalProperties' && value === false) add(keyword);
    else if (keyword === 'then') walk(value, keyword, [], true);
    else if (keyword !== 'allOf' && !annotations.includes(keyword)) {
      throw new Error(`${pointer}: the tests do not know ${keyword}`);
    }
  }
  for (const [name, property] of Object.entries(schema['properties'] ?? {})) {
    walk(property, `properties/${name}`, [name]);
  }
  if (schema['items']) walk(schema['items'], 'items', ['[]']);
  // Not below `not` and `if`: what fails there is no error.
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const parts = (schema[keyword] ?? []) as Schema[];
    parts.forEach((part, index) => {
      walk(part, `${keyword}/${index}`, [], true);
    });
  }
  return found;
}

/** The `id` of the assertion that an error of Ajv is about. */
export function assertionId({ keyword, schemaPath, params }: ErrorObject): string {
  if (keyword === 'required') return `${schemaPath} ${params['missingProperty']}`;
  if (keyword === 'dependentRequired') {
    return `${schemaPath} ${params['property']} ${params['missingProperty']}`;
  }
  return schemaPath;
}
