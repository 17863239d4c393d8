import { isObject, type JsonObject, resolve } from '../diff/pointer.ts';
import type { NamedRule } from '../rules/rule-name.ts';
import { choicesOf } from './choices.ts';
import { effectiveSchema } from './effective-schema.ts';
import { isMedia } from './is-media.ts';
import type { Parameter } from './parameter.ts';

/** The schema of one lip-sync task in the composed document. */
const taskSchema = { $ref: '#/components/schemas/VideoInferenceTask' };

/**
 * Every property of the task at any depth, and every element of a list, in the order of the document,
 * each before what is inside it. Where a schema contains itself, it is not entered again.
 *
 * @param rules the generated rules about a task.
 */
export function readParameters(
  document: JsonObject,
  rules: readonly NamedRule[] = [],
): Parameter[] {
  const rulesAt = (path: string[]) =>
    rules.filter(({ place }) => `${place}` === `${path}`).map(({ name }) => name);

  const properties = (path: string[], schema: JsonObject, above: unknown[]): Parameter[] => {
    const required = Array.isArray(schema['required']) ? schema['required'] : [];
    return Object.entries(Object(schema['properties'])).flatMap(([name, property]) =>
      parameter([...path, name], property, required.includes(name), above),
    );
  };

  const parameter = (
    path: string[],
    node: unknown,
    isRequired: boolean,
    above: unknown[],
  ): Parameter[] => {
    const { schema, isNullable } = effectiveSchema(document, node);
    const own = {
      ...describe(document, path, schema),
      isRequired,
      isNullable,
      rules: rulesAt(path),
    };
    const target = resolve(document, node);
    if (above.includes(target)) return [own];
    const inside = [...above, target];
    const elements = isObject(schema['items'])
      ? parameter([...path, '[]'], schema['items'], false, inside)
      : [];
    return [own, ...properties(path, schema, inside), ...elements];
  };

  return properties([], effectiveSchema(document, taskSchema).schema, []);
}

function describe(
  document: JsonObject,
  path: string[],
  schema: JsonObject,
): Omit<Parameter, 'isRequired' | 'isNullable' | 'rules'> {
  const choices = choicesOf(document, schema);
  const stated = Object.fromEntries(
    [...texts, 'default', ...numbers]
      .filter((keyword) => schema[keyword] !== undefined)
      .map((keyword) => [keyword, schema[keyword]]),
  );
  return {
    path,
    type: typeOf(
      schema,
      choices?.map(({ value }) => value),
    ),
    isMedia: isMedia(document, schema),
    isDeprecated: schema['deprecated'] === true,
    ...stated,
    ...(choices && { choices }),
  };
}

const texts = ['title', 'description', 'format', 'pattern'];
const numbers = [
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'minItems', 'maxItems'],
];

const types = ['string', 'number', 'integer', 'boolean', 'object', 'array'];

function typeOf(schema: JsonObject, values: unknown[] = []): Parameter['type'] {
  const { type } = schema;
  const found =
    type === undefined ? new Set(values.map((value) => typeof value)) : new Set([type].flat());
  const [only] = found;
  if (found.size === 1 && types.includes(only as string)) return only as Parameter['type'];
  if (type === undefined && isObject(schema['properties'])) return 'object';
  return type === undefined && isObject(schema['items']) ? 'array' : 'any';
}
