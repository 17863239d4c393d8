import fc from 'fast-check';
import { validBodies } from './valid-bodies.ts';

/** A body that may be anything, and whether no server could take it. */
export interface SpoiltBody {
  readonly bytes: Buffer;
  readonly isHopeless: boolean;
}

const megabyte = 'x'.repeat(1_000_000);

/** Values that have no business to be anywhere; spelt as JSON, because some exist nowhere else. */
const oddValues = fc.oneof(
  { weight: 40, arbitrary: fc.json({ maxDepth: 2 }) },
  {
    weight: 60,
    arbitrary: fc.constantFrom(
      ...['null', 'true', '0', '-1', '1e400', '-1e-400', '9007199254740993', '""', '[]', '{}'],
      ...['1.005', '[null]', '[[[]]]', '"\\ud800"', '"\\udfff\\ud800"', '"\\u0000"', '"../../x"'],
      ...['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}'],
      ...[
        '{"toString":1,"valueOf":null,"hasOwnProperty":0}',
        '{"then":1}',
        '{"length":4294967296}',
      ],
      '"http://[::1"',
    ),
  },
  { weight: 1, arbitrary: fc.constant(`"${megabyte}"`) },
);
const oddKeys = fc.oneof(
  fc.string(),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'a\nb', 'taskUUID'),
);

/** Marks the place that is spoilt; in no valid body. */
const mark = '\u{10ffff}';

/** The places of a value, itself included. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  const below = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...below.flatMap(([key, child]) => placesIn(child, [...path, key]))];
}

function withMark(value: unknown, [key, ...rest]: string[]): unknown {
  if (key === undefined) return mark;
  const child = withMark(Object(value)[key], rest);
  if (Array.isArray(value)) return value.with(Number(key), child);
  return { ...Object(value), [key]: child };
}

const places = validBodies.flatMap((body) => placesIn(body).map((path) => ({ body, path })));
const place = fc.constantFrom(...places);

/** A wrong value at a place of a valid body. */
const wrongValue = fc
  .tuple(place, oddValues)
  .map(([{ body, path }, value]) =>
    JSON.stringify(withMark(body, path)).replace(`"${mark}"`, () => value),
  );

/** A key too many, perhaps one that is there already, in an object of a valid body. */
const extraKey = fc
  .tuple(place, oddKeys, oddValues)
  .map(([{ body, path }, key, value]) =>
    JSON.stringify(withMark(body, path)).replace(
      `"${mark}"`,
      () => `{${JSON.stringify(key)}:${value},${JSON.stringify(key)}:${value}}`,
    ),
  );

/** A valid body whose bytes are cut, changed or swollen. */
const damaged = fc
  .tuple(
    fc.constantFrom(...validBodies),
    fc.nat(),
    fc.nat(20),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
  )
  .map(([body, at, gap, bytes]) => {
    const text = Buffer.from(JSON.stringify(body));
    const start = at % text.length;
    return Buffer.concat([text.subarray(0, start), bytes, text.subarray(start + gap)]);
  });

const hopeless = fc.oneof(
  { weight: 20, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 20, arbitrary: fc.string().map((text) => Buffer.from(JSON.stringify(text))) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('[', '{"a":', '[{"taskType":'), fc.constantFrom(10, 1_000, 100_000))
      .map(([open, depth]) => Buffer.from(open.repeat(depth))),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(10, 1_000, 100_000)
      .map((depth) => Buffer.from('['.repeat(depth) + ']'.repeat(depth))),
  },
  // A body that would be valid in every byte but one.
  {
    weight: 20,
    arbitrary: fc
      .tuple(fc.constantFrom(...validBodies), fc.constantFrom(0xff, 0xc0, 0x80, 0xed))
      .map(([body, byte]) =>
        Buffer.from(JSON.stringify(body).replace('"taskUUID":"', '"taskUUID":"\u0001')).map(
          (own) => (own === 1 ? byte : own),
        ),
      )
      .map((bytes) => Buffer.from(bytes)),
  },
);

/** Bodies of every wrong kind. */
export const spoiltBody: fc.Arbitrary<SpoiltBody> = fc.oneof(
  {
    weight: 5,
    arbitrary: wrongValue.map((text) => ({ bytes: Buffer.from(text), isHopeless: false })),
  },
  {
    weight: 2,
    arbitrary: extraKey.map((text) => ({ bytes: Buffer.from(text), isHopeless: false })),
  },
  { weight: 2, arbitrary: damaged.map((bytes) => ({ bytes, isHopeless: false })) },
  { weight: 1, arbitrary: hopeless.map((bytes) => ({ bytes, isHopeless: true })) },
);
