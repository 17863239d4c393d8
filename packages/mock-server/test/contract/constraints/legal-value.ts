import { isDeepStrictEqual } from 'node:util';
import type { Schema } from './schema-document.js';

/** Where something has to stand: property names, and `[]` for the elements of a list. */
export type Place = readonly string[];

/**
 * What the upstream document says in words only, so that a schema cannot lead to it: an end is
 * after its start, and media is given in a form that the mock server can store.
 */
const saidInWords: [place: Place, value: unknown][] = [
  [['settings', 'segments', '[]', 'endTime'], 2],
  [['settings', 'segments', '[]', 'audioEndTime'], 2],
  [['media'], 'data:audio/wav;base64,AAAA'],
];

const formats: Record<string, string> = {
  uuid: '7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f10',
  uri: 'https://example.com/media',
};

/**
 * A value made from its schema: of an object the properties it requires, and those on the way to
 * `wanted`. It is legal as far as no combined schema (`oneOf`, `not`, `if`) says more.
 *
 * @param at the place of the value itself.
 * @throws {Error} nothing here makes such a value.
 */
export function legalValue(schema: Schema, wanted: Place[], at: Place = []): unknown {
  const said = saidInWords.find(([place]) => isDeepStrictEqual(place, at));
  if (said) return said[1];
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  // Of a UUID or a URI the URI: a UUID would have to be one of stored media.
  const member = (schema['oneOf'] as Schema[] | undefined)?.[0] ?? lastOf(schema['anyOf']);
  if (member && schema['type'] !== 'object') return legalValue(member, wanted, at);
  if (typeof schema['format'] === 'string') return formats[schema['format']];
  const { minLength = 1, minItems = 0, minimum, exclusiveMinimum = -1 } = schema;
  switch (schema['type']) {
    case 'object':
      return legalObject(schema, wanted, at);
    case 'array': {
      const item = schema['items'] as Schema;
      const below = [...at, '[]'];
      const isWanted = wanted.some((place) => leadsTo(below, place));
      const length = Math.max(Number(minItems), isWanted ? 1 : 0);
      return Array.from({ length }, () => legalValue(item, wanted, below));
    }
    case 'string':
      return 'a'.repeat(Number(minLength));
    case 'integer':
    case 'number':
      return minimum ?? Number(exclusiveMinimum) + 1;
    case 'boolean':
      return true;
    default:
      throw new Error(`Nothing makes a value for ${JSON.stringify(schema)}.`);
  }
}

function legalObject(schema: Schema, wanted: Place[], at: Place): Schema {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
  const names = new Set(schema['required'] as string[] | undefined);
  for (const name of Object.keys(properties)) {
    if (wanted.some((place) => leadsTo([...at, name], place))) names.add(name);
  }
  const dependent = (schema['dependentRequired'] ?? {}) as Record<string, string[]>;
  for (const name of names) for (const other of dependent[name] ?? []) names.add(other);
  const entries = Object.entries(properties)
    .filter(([name]) => names.has(name))
    .map(([name, property]) => [name, legalValue(property, wanted, [...at, name])]);
  return Object.fromEntries(entries);
}

const lastOf = (members: unknown) => (members as Schema[] | undefined)?.at(-1);

/** Whether the place is the other one, or on the way to it. */
export function leadsTo(place: Place, other: Place): boolean {
  return place.every((step, index) => step === other[index]);
}
