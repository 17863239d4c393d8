import type { Change } from './change.ts';
import { isObject, type JsonObject, partsOf, pointerOf, resolve } from './pointer.ts';
import type { Place } from './schema-places.ts';
import type { Unit } from './units.ts';
import { describe, label } from './words.ts';

/** Of a new object with more fields than these, the first are named. */
const mostFields = 24;

/** The fields of an object that is new, each with its own sentence. */
export function fieldsOfNew({ property, old, current }: Unit, where: Place): Change[] {
  const [before, now] = [old, current].map(
    ({ schema }) => (Object(schema['properties']) as JsonObject)[property ?? ''],
  );
  if (before !== undefined || now === undefined) return [];
  const pointer = pointerOf([...partsOf(current.pointer), 'properties', property ?? '']);
  const changes: Change[] = [];
  for (const field of fieldsBelow(current.document, now, where.field, pointer)) {
    if (changes.length === mostFields) break;
    const text = `${label({ ...where, field: field.name })} is new: ${describe(field.schema)}.`;
    changes.push({ group: 'Added', field: field.name, pointer: field.pointer, text });
  }
  return changes;
}

interface Field {
  name: string;
  pointer: string;
  schema: JsonObject;
}

/** The fields with a value of their own; objects are named by what they consist of. */
function* fieldsBelow(
  document: JsonObject,
  node: unknown,
  name: string,
  pointer: string,
  above: string[] = [],
): Generator<Field> {
  const target = isObject(node) ? node['$ref'] : undefined;
  const here = typeof target === 'string' ? target : pointer;
  const schema = resolve(document, node);
  if (!isObject(schema) || above.includes(here)) return;
  const inside = [...above, here];
  const properties = Object.entries(Object(schema['properties']) as JsonObject);
  const isElement = name.endsWith('[]');
  if (properties.length === 0 && above.length > 0 && !isElement)
    yield { name, pointer: here, schema };
  for (const [property, part] of properties) {
    const place = pointerOf([...partsOf(here), 'properties', property]);
    yield* fieldsBelow(document, part, `${name}.${property}`, place, inside);
  }
  yield* fieldsBelow(document, schema['items'], `${name}[]`, `${here}/items`, inside);
}
