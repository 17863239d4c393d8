/** Keywords whose value is a schema. The words in JSON Schema 2020-12 are meant throughout. */
const holdsSchema = [
  ...['items', 'contains', 'not', 'if', 'then', 'else', 'propertyNames'],
  ...['additionalProperties', 'unevaluatedProperties', 'unevaluatedItems'],
];
const holdsSchemas = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const holdsSchemasByName = ['properties', 'patternProperties', 'dependentSchemas'];

/** How a keyword holds further schemas; `undefined` when it asserts something by itself. */
export function formOf(keyword: string): 'schema' | 'list' | 'by name' | undefined {
  if (holdsSchema.includes(keyword)) return 'schema';
  if (holdsSchemas.includes(keyword)) return 'list';
  return holdsSchemasByName.includes(keyword) ? 'by name' : undefined;
}

/**
 * Under these an assertion means what it would mean without them, of the same value or of one inside
 * it. What stands under any other keyword is a part of that keyword's rule.
 */
export const passesThrough = (keyword: string): boolean =>
  ['properties', 'items', 'allOf', '$ref'].includes(keyword);

/** Under these a schema that accepts everything says nothing, not even together with others. */
export const mayBeEmpty = (keyword: string): boolean =>
  passesThrough(keyword) ||
  [
    ...['additionalProperties', 'unevaluatedProperties', 'unevaluatedItems', 'propertyNames'],
    ...['dependentSchemas', 'then', 'else'],
  ].includes(keyword);

/** The keyword that a keyword belongs to: one rule implements both. */
export function leaderOf(keyword: string): string {
  if (keyword === 'then' || keyword === 'else') return 'if';
  return keyword === 'minContains' || keyword === 'maxContains' ? 'contains' : keyword;
}

const annotations = [
  ...['title', 'description', 'default', 'example', 'examples', 'deprecated', 'readOnly'],
  ...['writeOnly', '$comment', 'externalDocs', 'xml', 'discriminator'],
  // Where these are referred to, they are read there.
  ...['definitions', '$defs'],
];

/** Whether a keyword says nothing about what is accepted. One that nobody knows may say something. */
export const isAnnotation = (keyword: string): boolean =>
  annotations.includes(keyword) || keyword.startsWith('x-');
