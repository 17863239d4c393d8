import fc from 'fast-check';
import { jsonNumber } from './number-arbitrary.js';
import { anyText } from './string-arbitrary.js';

/** Names that a careless look-up takes for the object's own, and names a JSON Pointer escapes. */
export const hostileKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'length'],
    ...['', ' ', '/', '~', '~0', '~1', 'a/b', 'm~n', '//', '0', '-1', '[]', 'a.b', '\ud800', '\0'],
    ...['Inputs', 'inputs ', 'taskUuid', 'positivePrompt', 'then', 'toJSON', '__defineGetter__'],
  ),
  anyText,
);

/** A copy with this property of its own, whatever its name; `__proto__` too. */
export function withProperty(object: object, key: string, value: unknown): object {
  return Object.defineProperty({ ...object }, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

const scalar = fc.oneof(fc.constantFrom(null, true, false), jsonNumber, anyText);

/** Any JSON value; objects have some of the given names, and hostile ones. */
export function jsonValue(names: string[]): fc.Arbitrary<unknown> {
  const key = names.length ? fc.oneof(fc.constantFrom(...names), hostileKey) : hostileKey;
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      scalar,
      fc.array(tie('value'), { maxLength: 4 }),
      fc
        .array(fc.tuple(key, tie('value')), { maxLength: 6 })
        .map((entries) =>
          entries.reduce<object>((made, [name, held]) => withProperty(made, name, held), {}),
        ),
    ),
  }));
  return fc.oneof(value, value, fc.jsonValue());
}
