import type { Constraint } from './constraint.js';
import type { Schema } from './schema-document.js';

/** Values on both sides of a constraint about one value, the nearest first. */
type Generator = (value: unknown, schema: Schema, legal: unknown) => unknown[];

const wrongTypes: Record<string, unknown[]> = {
  string: [1, true, null, [], {}],
  number: ['1', true, null, [], {}],
  integer: ['1', true, null, [], {}],
  boolean: ['true', 1, 0, null, [], {}],
  array: [{}, 'a', 1, null],
  object: [[], 'a', 1, null],
};

const notMedia = ['./talk.mp4', 'talk', '', 'http//example.com'];
const samples: Record<string, unknown[]> = {
  uuid: [
    '0d9a8e3c-7f4b-4c1d-9a2e-5b6c7d8e9f00',
    '0D9A8E3C-7F4B-1C1D-0A2E-5B6C7D8E9F00',
    '0d9a8e3c-7f4b-4c1d-9a2e-5b6c7d8e9f0',
    '0d9a8e3c7f4b4c1d9a2e5b6c7d8e9f00',
    'task-1',
    '',
  ],
  uri: ['https://example.com/media', 'data:,a', ...notMedia],
};

const stepOf = ({ multipleOf, type }: Schema): number =>
  Number(multipleOf ?? (type === 'integer' ? 1 : 0.01));

const nearText = (text: unknown) => [text, `${text}s`, `${text}`.toLowerCase(), ` ${text}`, ''];

const members: Generator = (value) =>
  (value as Schema[]).flatMap((member) => {
    if ('const' in member) return nearText(member['const']);
    return samples[`${member['format']}`] ?? [];
  });

/** One generator for each keyword; a keyword without one fails the suite. */
const generators: Record<string, Generator> = {
  type: (type, _, legal) => {
    const halves = type === 'integer' ? [Number(legal) + 0.5] : [];
    return [legal, ...halves, ...(wrongTypes[`${type}`] ?? [])];
  },
  const: (value) => nearText(value),
  enum: (value) => (value as unknown[]).flatMap(nearText),
  anyOf: members,
  oneOf: members,
  format: (value) => samples[`${value}`] ?? [],
  minLength: (value) => ['a'.repeat(Number(value)), 'a'.repeat(Number(value) - 1)],
  maxLength: (value) =>
    // JSON Schema counts an emoji as one character, although it is two units of UTF-16.
    ['a', '😀'].flatMap((letter) => [
      letter.repeat(Number(value)),
      letter.repeat(Number(value) + 1),
    ]),
  minItems: (value, _, legal) => {
    const [item] = legal as unknown[];
    return [Array(Number(value)).fill(item), Array(Number(value) - 1).fill(item)];
  },
  maxItems: (value, _, legal) => {
    const [item] = legal as unknown[];
    return [Array(Number(value)).fill(item), Array(Number(value) + 1).fill(item)];
  },
  minimum: (value, schema) => [Number(value), Number(value) - stepOf(schema), Number(value) - 1000],
  exclusiveMinimum: (value, schema) => [
    Number(value) + stepOf(schema),
    Number(value),
    Number(value) - 1,
  ],
  maximum: (value, schema) => [Number(value), Number(value) + stepOf(schema), Number(value) + 1000],
  // 0.07 and 1.13 are no multiples of 0.01 where one divides in binary.
  multipleOf: (value) => [0.07, 1.13, 0.57, Number(value) / 2, Number(value) * 1.01, 1e-7],
};

/**
 * @throws {Error} nothing makes values for this keyword; it names the place.
 */
export function valuesAround({ keyword, value, schema, pointer }: Constraint, legal: unknown) {
  const values = generators[keyword]?.(value, schema, legal);
  if (!values?.length) throw new Error(`${pointer}: nothing breaks and keeps this constraint.`);
  return values;
}
