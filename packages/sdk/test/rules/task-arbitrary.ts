import fc from 'fast-check';
import { hundredths, jsonNumber } from './number-arbitrary.js';
import { anyText, textOfLength } from './string-arbitrary.js';
import { type Schema, upstreamSchema } from './upstream-schema.js';
import { uri } from './uri-arbitrary.js';
import { uuid } from './uuid-arbitrary.js';

/** Property names from the root, `[]` for the elements of a list. */
export type Location = readonly string[];

type Properties = Record<string, Schema>;

/** Properties that only some tasks may have: the name, and what then is there or not. */
interface Shape {
  /** Of these, none is there, or the property is needed. */
  without: string[];
  with: string[];
}

/**
 * What stands or falls together in one object, by its place: the document says it in rules about
 * several properties. Everything else is made from the schema.
 */
const shapes: Record<string, Shape[]> = {
  '': [
    { with: ['inputs.audio'], without: ['speech', 'settings.segments', 'settings.tts'] },
    { with: ['speech'], without: ['inputs.audio', 'settings.segments'] },
    { with: ['settings.segments'], without: ['inputs.audio', 'speech', 'settings.tts'] },
  ],
  'settings.activeSpeakerDetection': [
    { with: [], without: ['boundingBoxes', 'coordinates', 'frameNumber'] },
    { with: ['boundingBoxes'], without: ['coordinates', 'frameNumber'] },
    { with: ['coordinates', 'frameNumber'], without: ['boundingBoxes'] },
  ],
  'settings.segments.[]': [
    { with: [], without: ['audioStartTime', 'audioEndTime'] },
    { with: ['audioStartTime', 'audioEndTime'], without: [] },
  ],
};

/** Tasks that the schema accepts and in which something stands at the location. */
export function taskArbitrary(
  location: Location = [],
  schema: Schema = upstreamSchema,
): fc.Arbitrary<unknown> {
  return ofSchema(schema, { place: [], present: [location], absent: [] });
}

/** Where a value is, and what must be, or must not be, in it or beside it. */
interface Wish {
  place: string[];
  present: Location[];
  absent: Location[];
}

function ofSchema(schema: Schema, wish: Wish): fc.Arbitrary<unknown> {
  if (schema['type'] === 'object') return object(schema, wish);
  if (schema['type'] === 'array') return list(schema, wish);
  return scalar(schema);
}

function object(schema: Schema, { place, present, absent }: Wish): fc.Arbitrary<unknown> {
  const split = (names: string[]): Location[] => names.map((name) => name.split('.'));
  const kinds = (shapes[place.join('.')] ?? [{ with: [], without: [] }]).map((shape) => ({
    present: [...present, ...split(shape.with)],
    absent: [...absent, ...split(shape.without)],
  }));
  const fitting = kinds.filter((kind) => !kind.present.some((one) => isIn(one, kind.absent)));
  const chosen = fitting.length > 0 ? fitting : kinds;
  return fc.oneof(...chosen.map((kind) => record(schema, { place, ...kind })));
}

/** Whether a location is one of some, or inside one of them. */
const isIn = (location: Location, others: Location[]) =>
  others.some((other) => other.every((step, index) => location[index] === step));

function record(schema: Schema, { place, present, absent }: Wish): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Properties;
  const names = Object.keys(properties).filter(
    (name) => !absent.some(([first, ...more]) => first === name && more.length === 0),
  );
  const below = (locations: Location[], name: string) =>
    locations
      .filter(([first, ...more]) => first === name && more.length > 0)
      .map(([, ...more]) => more);
  const model = Object.fromEntries(
    names.map((name): [string, fc.Arbitrary<unknown>] => [
      name,
      ofSchema(properties[name] as Schema, {
        place: [...place, name],
        present: below(present, name),
        absent: below(absent, name),
      }),
    ]),
  );
  const required = [...((schema['required'] ?? []) as string[]), ...present.map(([name]) => name)];
  const requiredKeys = names.filter((name) => required.includes(name));
  return fc.record(model, { requiredKeys, noNullPrototype: true });
}

function list(schema: Schema, { place, present, absent }: Wish): fc.Arbitrary<unknown> {
  const { minItems = 0, maxItems = 3 } = schema as { minItems?: number; maxItems?: number };
  const inside = (locations: Location[]) =>
    locations.filter(([first]) => first === '[]').map(([, ...more]) => more);
  const items = ofSchema(schema['items'] as Schema, {
    place: [...place, '[]'],
    present: inside(present),
    absent: inside(absent),
  });
  const isNeeded = present.some(([first]) => first === '[]');
  const minLength = Math.max(minItems, isNeeded ? 1 : 0);
  const maxLength = Math.max(minLength, Math.min(maxItems, minLength + 3));
  return schema['uniqueItems']
    ? fc.uniqueArray(items, { minLength, maxLength, comparator: 'SameValueZero' })
    : fc.array(items, { minLength, maxLength });
}

function scalar(schema: Schema): fc.Arbitrary<unknown> {
  const choices = choicesOf(schema);
  if (choices) return fc.constantFrom(...choices);
  if (schema['type'] === 'boolean') return fc.boolean();
  return schema['type'] === 'string' ? text(schema) : number(schema);
}

/** The values that a scalar can have, when the schema lists them. */
export function choicesOf(schema: Schema): unknown[] | undefined {
  if ('const' in schema) return [schema['const']];
  if (Array.isArray(schema['enum'])) return schema['enum'];
  const members = (schema['oneOf'] ?? schema['anyOf'] ?? []) as Schema[];
  const lists = members.map(choicesOf);
  return lists.length > 0 && lists.every((choices) => choices !== undefined)
    ? lists.flat()
    : undefined;
}

const urls = fc.constantFrom('https://example.com/talk.mp4?a=%20#b', 'HTTP://[::1]:80', 'data:,a');
const url = fc.oneof({ weight: 5, arbitrary: urls }, { weight: 1, arbitrary: uri });

function text(schema: Schema): fc.Arbitrary<string> {
  const formats = ((schema['anyOf'] as Schema[] | undefined) ?? [schema]).map(
    ({ format }) => format,
  );
  if (formats.includes('uri')) {
    return formats.includes('uuid')
      ? fc.oneof({ weight: 6, arbitrary: url }, { weight: 1, arbitrary: uuid })
      : url;
  }
  if (formats.includes('uuid')) return uuid;
  if (formats.some(Boolean) || 'pattern' in schema) throw new Error('The tests make no such text.');
  const { minLength, maxLength } = schema as { minLength?: number; maxLength?: number };
  if (minLength === undefined && maxLength === undefined) return anyText;
  const [from, to] = [minLength ?? 0, maxLength ?? (minLength ?? 0) + 20];
  const short = textOfLength(fc.integer({ min: from, max: Math.min(to, from + 12) }));
  const ends = [from, from + 1, to - 1, to].filter((length) => length >= from && length <= to);
  return fc.oneof(
    { weight: 6, arbitrary: short },
    { weight: 1, arbitrary: textOfLength(fc.constantFrom(...ends)) },
  );
}

function number(schema: Schema): fc.Arbitrary<number> {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = schema as Record<
    string,
    number | undefined
  >;
  const from = minimum ?? exclusiveMinimum;
  const to = maximum ?? exclusiveMaximum;
  const isLegal = (value: number) =>
    (minimum === undefined || value >= minimum) &&
    (exclusiveMinimum === undefined || value > exclusiveMinimum) &&
    (maximum === undefined || value <= maximum) &&
    (exclusiveMaximum === undefined || value < exclusiveMaximum);
  const isWhole = schema['type'] === 'integer';
  const low = from ?? (to ?? 0) - 1000;
  const high = to ?? low + 1000;
  if (multipleOf !== undefined && multipleOf !== 0.01) {
    const steps = fc.integer({
      min: Math.ceil(low / multipleOf),
      max: Math.floor(high / multipleOf),
    });
    return steps.map((count) => Number((count * multipleOf).toPrecision(12))).filter(isLegal);
  }
  if (multipleOf === 0.01) {
    const between = fc.integer({ min: Math.ceil(low * 100), max: Math.floor(high * 100) });
    const near = between.map((count) => count / 100).filter(isLegal);
    return to === undefined && from === 0 ? hundredths.filter(isLegal) : near;
  }
  const edges = [from, to, 0, -0, ...(isWhole ? [1e21] : [0.5, 1.5, 5e-324, 1e21])].filter(
    (value) => value !== undefined && isLegal(value),
  ) as number[];
  const between = isWhole
    ? fc.integer({ min: Math.ceil(low), max: Math.floor(high) })
    : from === undefined && to === undefined
      ? jsonNumber
      : fc.double({ min: low, max: high, noNaN: true });
  const legal = between.filter(isLegal);
  return edges.length > 0 ? fc.oneof(fc.constantFrom(...edges), legal) : legal;
}
