import { isObject, type JsonObject, resolve } from '../diff/pointer.ts';
import type { Choice } from './parameter.ts';

/**
 * The only values that a schema accepts, where it lists them: as `const`, `enum`, or `oneOf` or
 * `anyOf` of constants, which may have words on each.
 */
export function choicesOf(document: JsonObject, schema: JsonObject): Choice[] | undefined {
  if ('const' in schema) return all([schema['const']], (value) => choice(value));
  if (Array.isArray(schema['enum'])) return all(schema['enum'], (value) => choice(value));
  const members = schema['oneOf'] ?? schema['anyOf'];
  if (!Array.isArray(members)) return undefined;
  return all(members, (member) => {
    const constant = resolve(document, member);
    if (!isObject(constant)) return undefined;
    const values = 'const' in constant ? [constant['const']] : constant['enum'];
    if (!Array.isArray(values) || values.length !== 1) return undefined;
    return choice(values[0], { ...constant, ...member });
  });
}

function choice(value: unknown, { title, description }: JsonObject = {}): Choice | undefined {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return undefined;
  return {
    value: value as Choice['value'],
    ...(typeof title === 'string' && { title }),
    ...(typeof description === 'string' && { description }),
  };
}

function all<Value>(
  values: Value[],
  read: (value: Value) => Choice | undefined,
): Choice[] | undefined {
  const choices = values.map(read).filter((found) => found !== undefined);
  return choices.length > 0 && choices.length === values.length ? choices : undefined;
}
