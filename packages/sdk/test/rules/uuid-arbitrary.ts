import fc from 'fast-check';

const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdefABCDEF'), { minLength: length, maxLength: length })
    .map((digits) => digits.join(''));

const uuidParts = fc.tuple(hex(8), hex(4), hex(4), hex(4), hex(12));

/** In any version and case, also as a URN. */
export const uuid: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', '', '', 'urn:uuid:', 'URN:UUID:'), uuidParts)
  .map(([prefix, parts]) => prefix + parts.join('-'));

/** A UUID with something wrong, or nearly so. */
export const nearUuid: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', 'urn:', 'urn:uuid:', 'uuid:', '{', ' ', 'Urn:Uuid:'),
    fc.tuple(...[8, 4, 4, 4, 12].map((length) => hex(length))),
    fc.constantFrom('-', '-', '-', '', '_', '\u2010'),
    fc.constantFrom('', '', '', '}', '\n', '0', 'g', 'ſ'),
    fc.integer({ min: 0, max: 4 }),
    fc.constantFrom<(part: string) => string | string[]>(
      (part) => part,
      (part) => part,
      (part) => part.slice(1),
      () => [],
      (part) => [part, part],
      (part) => `${part}0`,
      (part) => `g${part.slice(1)}`,
      (part) => `K${part.slice(1)}`,
    ),
  )
  .map(([prefix, parts, separator, suffix, index, change]) => {
    const changed = parts.flatMap((part, at) => (at === index ? change(part) : part));
    return prefix + changed.join(separator) + suffix;
  });
