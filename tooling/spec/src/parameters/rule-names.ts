import type { JsonObject } from '../diff/pointer.ts';

/** The keywords that assert something of one value, in the order in which the rules are listed. */
const keywords = [
  ...['type', 'const', 'enum', 'oneOf', 'anyOf', 'format'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'pattern', 'minItems', 'maxItems', 'uniqueItems'],
  ...['additionalProperties', 'unevaluatedProperties'],
];

/** A parameter, or an element of a list, as rules name it: `settings.segments[].audio`. */
export function nameOf(path: readonly string[]): string {
  return path.join('.').replaceAll('.[]', '[]');
}

/** The names of all rules about one property. */
export function ruleNames(
  path: readonly string[],
  schema: JsonObject,
  isRequired: boolean,
): string[] {
  const asserted = keywords.filter((keyword) => {
    if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
      return schema[keyword] === false;
    }
    return schema[keyword] !== undefined;
  });
  if (isRequired) asserted.unshift('required');
  return asserted.map((keyword) => `${nameOf(path)}.${keyword}`);
}
