import { at, isObject, type JsonObject } from '../diff/pointer.ts';

/**
 * Puts the rules about several fields of an object under a condition that always holds, in place of
 * `allOf` beside its properties. openapi-zod-client 1.18.3 reads `allOf` and passes over the
 * `properties` beside it (openApiToZod.ts), so that a task had no property left; `if` and `then` it
 * leaves alone. Which values are valid stays the same.
 */
export function moveRules(document: JsonObject): JsonObject {
  const schemas = Object(at(document, '/components/schemas')) as JsonObject;
  const moved = Object.entries(schemas).map(([name, schema]) => [name, moveRulesOf(schema)]);
  const components = { ...Object(document['components']), schemas: Object.fromEntries(moved) };
  return { ...document, components };
}

function moveRulesOf(schema: unknown): unknown {
  if (!isObject(schema) || !('properties' in schema) || !('allOf' in schema) || 'if' in schema) {
    return schema;
  }
  const { allOf, ...others } = schema;
  const required = [schema['required'] ?? []].flat();
  const always = required.includes('taskType') ? 'taskType' : required[0];
  const condition = always === undefined ? {} : { required: [always] };
  return Object.assign(others, { if: condition }, Object.fromEntries([['then', { allOf }]]));
}
