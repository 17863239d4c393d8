import fc from 'fast-check';
import { type Assertion, assertionsOf } from './assertions.js';
import { type Change, isObject, onList, put, without } from './change.js';
import { hostileKey, jsonValue, withProperty } from './json-arbitrary.js';
import { notReference } from './not-reference-arbitrary.js';
import { finerThanHundredths, jsonNumber } from './number-arbitrary.js';
import { textOfLength } from './string-arbitrary.js';
import { choicesOf } from './task-arbitrary.js';
import { upstreamSchema } from './upstream-schema.js';
import { uri } from './uri-arbitrary.js';
import { uuid } from './uuid-arbitrary.js';

const places = assertionsOf(upstreamSchema).flatMap(({ place }) => place);
const everyName = [...new Set(places)].filter((name) => name !== '[]');

const anything = jsonValue(everyName);

function isOfType(type: unknown, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'object' ? isObject(value) : typeof value === type;
}

function ofWrongType(type: unknown): fc.Arbitrary<Change> {
  const samples: unknown[] = [
    ...[null, true, false, 0, -0, 1, 60, 1.5, 0.3, 1e-7, '', 'a', '1', 'true', 'MP4'],
    ...[[], [[]], [1, 2], ['a'], [{}], {}, { 0: 'a', length: 1 }, { startTime: 0 }],
  ];
  const wrong = samples.filter((sample) => !isOfType(type, sample));
  return fc.oneof(
    fc.constantFrom(...wrong).map(put),
    fc.constantFrom<Change>(
      (value) => (type === 'array' ? { 0: value } : [value]),
      (value) => (type === 'object' ? [value] : { value }),
      (value) => (type === 'string' ? null : JSON.stringify(value)),
    ),
    anything.map((value) => put(isOfType(type, value) ? null : value)),
  );
}

/** Text that is nearly one of the values and not one of them. */
function nearly(values: unknown[]): fc.Arbitrary<Change> {
  const near = values
    .map(String)
    .flatMap((value) => [
      ...[value.toLowerCase(), value.toUpperCase(), ` ${value}`, `${value}\n`, value.slice(1)],
      ...[`${value}${value}`, value.replace('_', '-'), value.replace('@3', '@2'), `${value}\0`],
    ]);
  const wrong = [...near, '', 'loop', 'FILE', 'GIF', 'sync', 'toString', '__proto__'].filter(
    (value) => !values.includes(value),
  );
  return fc.constantFrom(...wrong).map(put);
}

const above = (integer: boolean): fc.Arbitrary<number> =>
  integer
    ? fc.oneof(fc.constantFrom(1, 2, 1e21), fc.integer({ min: 1, max: 1000 }))
    : fc.oneof(
        fc.constantFrom(0.01, 1, 1e-7, Number.EPSILON, 1e21),
        fc.nat(100_000).map((count) => (count + 1) / 100),
      );

/** The changes that break one assertion; none for those that are part of another. */
export function changesThatBreak(assertion: Assertion): fc.Arbitrary<Change> | undefined {
  const { keyword, value, names, schema, isPart } = assertion;
  if (isPart) return undefined;
  const integer = schema['type'] === 'integer';
  const bound = value as number;
  switch (keyword) {
    case 'type':
      return ofWrongType(value);
    case 'required':
      return fc.constant(without(...names));
    case 'dependentRequired':
      return fc.constant(without(names[1] as string));
    case 'additionalProperties': {
      const known = Object.keys(schema['properties'] ?? {});
      const misplaced = everyName.filter((name) => !known.includes(name));
      const key = fc.oneof(hostileKey, fc.constantFrom(...misplaced));
      return fc.tuple(key, fc.oneof(fc.constant(null), anything)).map(
        ([name, extra]) =>
          (object) =>
            isObject(object) ? withProperty(object, name, extra) : object,
      );
    }
    case 'const':
    case 'enum':
    case 'oneOf':
    case 'anyOf': {
      const choices = choicesOf({ [keyword]: value });
      return choices ? nearly(choices) : notReference.map(put);
    }
    case 'format':
      return fc.oneof(notReference, value === 'uuid' ? uri : uuid).map(put);
    case 'minLength':
      return bound > 0 ? textOfLength(fc.nat(bound - 1)).map(put) : undefined;
    case 'maxLength':
      return textOfLength(fc.constantFrom(bound + 1, bound + 1, bound + 2, bound + 1000)).map(put);
    case 'minItems':
      return fc.nat(bound - 1).map((count) => onList((list) => list.slice(0, count)));
    case 'maxItems':
      return fc
        .array(jsonNumber, { minLength: 1, maxLength: 3 })
        .map((more) => onList((list) => [...list, ...more]));
    case 'minimum':
      return fc
        .oneof(above(integer), fc.constant(bound === 0 && !integer ? Number.MIN_VALUE : 1))
        .map((distance) => put(bound - distance));
    case 'exclusiveMinimum':
      return fc
        .oneof(fc.constantFrom(0, -0, Number.MIN_VALUE), above(false))
        .map((distance) => put(bound - distance));
    case 'maximum':
      return above(integer).map((distance) => put(bound + distance));
    case 'multipleOf':
      return bound === 0.01
        ? finerThanHundredths.map(put)
        : fc.integer({ min: -1000, max: 1000 }).map((count) => put((count + 0.5) * bound));
    case 'exclusiveMaximum':
      return fc
        .oneof(fc.constantFrom(0, Number.MIN_VALUE), above(false))
        .map((distance) => put(bound + distance));
    case 'uniqueItems':
      return fc.constant(onList((list) => [...list, ...list]));
    default:
      throw new Error(`${assertion.id}: no change breaks ${keyword}`);
  }
}
