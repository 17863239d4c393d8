import fc from 'fast-check';
import type { Assertion } from './assertions.js';
import { type Change, onList, put } from './change.js';
import { hundredths } from './number-arbitrary.js';

const ofEveryType = [null, true, 0, 1.5, 'a', [], {}];
const references = [
  ...[
    'https://example.com/a.mp4',
    'a.mp4',
    'urn:a',
    'urn:uuid:7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f10',
  ],
  '7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f10',
];

/** As many elements, of those that are there. */
const ofLength = (length: number): Change =>
  onList((list) => Array.from({ length }, (_, index) => list[index % list.length]));

/**
 * Changes to what the assertion just allows, and to what it just forbids: a rule that is stricter or
 * laxer than the schema shows there.
 */
export function changesAround({ keyword, value }: Assertion): fc.Arbitrary<Change> {
  const bound = Number(value);
  switch (keyword) {
    case 'type':
      return fc.constantFrom(...ofEveryType.map(put));
    case 'const':
      return fc.constant(put(value));
    case 'enum':
      return fc.constantFrom(...(value as unknown[]).map(put));
    case 'oneOf':
      return fc.constantFrom(...(value as { const: unknown }[]).map((part) => put(part.const)));
    case 'anyOf':
    case 'format':
      return fc.constantFrom(...references.map(put));
    case 'minLength':
    case 'maxLength':
      return fc.constantFrom(
        ...[bound - 1, bound, bound + 1].map((length) => put('a'.repeat(Math.max(0, length)))),
      );
    case 'minItems':
    case 'maxItems':
      return fc.constantFrom(...[bound - 1, bound, bound + 1].map(ofLength));
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
      return fc.constantFrom(...[bound - 1, bound - 0.01, bound, bound + 0.01, bound + 1].map(put));
    case 'multipleOf':
      return fc.oneof(fc.constantFrom(bound / 2, bound, 3 * bound), hundredths).map(put);
    default:
      return fc.constant((task) => task);
  }
}
