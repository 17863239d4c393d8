import fc from 'fast-check';

const legal = fc.constantFrom(
  ...['a', 'B', '0', '_', '-', '.', '~', '!', '$', '&', "'", '(', ')', '*', '+', ',', ';', '='],
  ...['%20', '%c3%A9', '%00'],
);
const illegal = fc.constantFrom(
  ...[' ', '"', '<', '>', '\\', '^', '`', '{', '|', '}', '[', ']', '%', '%2', '%zz', '%g0'],
  ...['\n', '\t', '\0', 'é', '中', '😀', '\ud800', 'ſ', 'K', '%%20'],
);

/** Pieces put together; `extra` is legal in this part of a URI and not in all. */
export function pieces(faults: boolean, extra: string[], minLength = 0): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 12, arbitrary: legal },
    ...(extra.length ? [{ weight: 4, arbitrary: fc.constantFrom(...extra) }] : []),
    ...(faults ? [{ weight: 1, arbitrary: illegal }] : []),
  );
  return fc.array(piece, { minLength, maxLength: 6 }).map((list) => list.join(''));
}
