import fc from 'fast-check';

/** Bounds of the schema and their neighbours, float noise, and the ends of what a double holds. */
const notorious = [
  ...[0, -0, 1, -1, 0.5, 1.5, 19, 20, 21, 59, 60, 61, 98, 99, 100, 0.99, 19.99, 59.99, 99.01],
  ...[0.01, -0.01, 0.07, 1.13, 4.35, 1.005, 0.005, 0.075, 0.1 + 0.2, 0.7 + 0.1, 1.1 * 1.1],
  ...[99999999.99, 123456789.12, 123456789.125, 8589934592.01, 90071992547409.91, 2 ** 53 + 2],
  ...[1e16, 1e20, 1e21, 1.5e21, 1.2345678e22, 1e300, Number.MAX_VALUE, -Number.MAX_VALUE],
  ...[1e-2, 1e-3, 1e-6, 1e-7, 1.5e-7, -1e-7, 1e-300, Number.MIN_VALUE, -Number.MIN_VALUE],
  ...[1 + Number.EPSILON, 1 - Number.EPSILON / 2],
];

/** With 0 to 2 decimals, from 0. */
export const hundredths: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, -0, 0.07, 1.13, 4.35, 0.57, 99999999.99, 1e21, 1.5e300, Number.MAX_VALUE),
  fc.nat(1000),
  fc.nat(100_000).map((count) => count / 100),
  fc.nat(9_999_999_999).map((count) => count / 100),
);

/** With 3 decimals or more. */
export const finerThanHundredths: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0.075, 0.1 + 0.2, 0.005, 1.005, 1e-3, 1e-6, 1e-7, 1.5e-7, 1.1 * 1.1),
  fc
    .tuple(fc.nat(99_999_999), fc.nat(99), fc.integer({ min: 1, max: 9 }))
    .map(([whole, two, third]) => Number(`${whole}.${`${two}`.padStart(2, '0')}${third}`)),
);

/** Every way to write a number that JSON allows: `1.0`, `-0.0e+7`, `12E-3`. */
const fromText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.nat(1200),
    fc.constantFrom('', '.0', '.00', '.5', '.25', '.125', '.10', '.070'),
    fc.constantFrom('', 'e0', 'E1', 'e+2', 'e-1', 'E-2', 'e-3', 'e-9', 'e20', 'e-320', 'e300'),
  )
  .map((parts) => JSON.parse(parts.join('')) as number);

/** Any finite number; no text of JSON means another. */
export const jsonNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(...notorious),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -200, max: 200 }),
  fromText,
  hundredths,
  finerThanHundredths,
);
