import fc from 'fast-check';

const characters = ['a', ' ', '\n', '\0', 'é', '\u0301', '\u2028', '中', '😀', '𝒳', '\u{10ffff}'];

/** Half a pair: one code point to JSON Schema, and legal in JSON text. */
const loneSurrogates = ['\ud800', '\udbff', '\udc00', '\udfff'];

/** So many code points: a few at random, then one of them again and again. */
export function textOfLength(length: fc.Arbitrary<number>): fc.Arbitrary<string> {
  const start = fc.array(fc.constantFrom(...characters, ...loneSurrogates), { maxLength: 4 });
  return fc
    .tuple(length, start, fc.constantFrom(...characters, '\udc00'))
    .map(([count, first, filler]) => {
      // Two halves that meet become one code point, so count again.
      const text = first.slice(0, count).join('');
      return text + filler.repeat(count - [...text].length);
    });
}

/** Any text: ASCII, other planes, lone surrogates, and the empty string. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', ' ', '0', 'null', '__proto__', 'constructor', ...characters),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ maxLength: 12 }),
  textOfLength(fc.integer({ min: 0, max: 12 })),
);
