import fc from 'fast-check';

/** How the URL of a delivery came about; only the first two have a token that holds. */
export const addresses = [
  'right',
  'right, of a task that the API does not know',
  'without a token',
  'without a query',
  'with a changed token',
  'with the token of another task',
  'with a token of another secret',
] as const;

/** A part of a payload that has to be filled in once there is a task. */
const placeholders = {
  own: '<own task>',
  OWN: '<OWN TASK>',
  video: (index: number) => `<video ${index}>`,
};

const often = <Value>(weight: number, value: Value) => ({ weight, arbitrary: fc.constant(value) });
const any = { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) };

const taskUUID = fc.oneof(
  often(12, placeholders.own),
  often(2, placeholders.OWN),
  { weight: 1, arbitrary: fc.uuid() },
  any,
);
const error = fc.oneof(
  fc.string(),
  fc.record({ code: fc.string(), message: fc.string(), taskUUID }, { requiredKeys: [] }),
);
const row = fc.record(
  {
    taskUUID,
    status: fc.oneof(often(6, 'success'), often(2, 'error'), often(1, 'processing'), any),
    videoUUID: fc.oneof(
      { weight: 8, arbitrary: fc.nat({ max: 3 }).map(placeholders.video) },
      { weight: 1, arbitrary: fc.uuid() },
      any,
    ),
    videoURL: fc.oneof(often(6, 'https://evil.example/x.mp4'), any),
    error: fc.option(error, { nil: undefined }),
    cost: fc.double(),
  },
  { requiredKeys: [] },
);
const rows = fc.array(row, { maxLength: 3 });
const errors = fc.array(error, { maxLength: 2 });
const payload = fc.oneof(
  { weight: 6, arbitrary: row },
  { weight: 3, arbitrary: fc.record({ data: rows, errors }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.record({ error }) },
  { weight: 1, arbitrary: fc.record({ data: row }) },
  { weight: 1, arbitrary: rows },
  any,
);

/** What happens to the text of a payload on its way. */
const damage = fc.oneof(
  often(12, { kind: 'none' } as const),
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut'), at: fc.nat({ max: 300 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('replaced'),
      at: fc.nat({ max: 300 }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('random'), bytes: fc.uint8Array({ maxLength: 60 }) }),
  },
);

/** One delivery, before it is known what it is about. */
const delivery = fc.record({
  address: fc.oneof(often(10, addresses[0]), {
    weight: 4,
    arbitrary: fc.constantFrom(...addresses),
  }),
  method: fc.oneof(often(20, 'POST'), {
    weight: 1,
    arbitrary: fc.constantFrom('GET', 'PUT', 'DELETE', 'post', 'OPTIONS', 'PATCH'),
  }),
  payload,
  damage,
  /** Bytes. */
  chunkSize: fc.integer({ min: 1, max: 400 }),
  breaksOff: fc.oneof(often(30, false), often(1, true)),
  contentLength: fc.oneof(
    often(6, undefined),
    { weight: 1, arbitrary: fc.integer({ min: -1, max: 2 ** 21 }).map(String) },
    { weight: 1, arbitrary: fc.constantFrom('', 'x', '1e9', '5, 5') },
  ),
});

type GeneratedDelivery = typeof delivery extends fc.Arbitrary<infer Value> ? Value : never;

/** What the API knows, and what is sent. */
export const scenario = fc.record({
  videos: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
  failures: fc.nat({ max: 2 }),
  deliveries: fc.array(delivery, { minLength: 1, maxLength: 3 }),
  /** Whether all deliveries are sent at once. */
  together: fc.boolean(),
  /** Whether each callback fails the first time. */
  failsFirst: fc.boolean(),
  /** Whether a callback takes its time. */
  isSlow: fc.boolean(),
});

/** The bytes of a delivery's body. */
export function bodyOf(
  { payload, damage }: GeneratedDelivery,
  task: string,
  videos: readonly string[],
): Uint8Array<ArrayBuffer> {
  const text = (JSON.stringify(payload) ?? '')
    .replaceAll(placeholders.own, task)
    .replaceAll(placeholders.OWN, task.toUpperCase())
    .replaceAll(/<video (\d)>/g, (_, index) => videos[index] ?? crypto.randomUUID());
  const bytes = new TextEncoder().encode(text);
  if (damage.kind === 'cut') return bytes.slice(0, damage.at);
  if (damage.kind === 'random') return Uint8Array.from(damage.bytes);
  if (damage.kind === 'replaced' && bytes.length > damage.bytes.length) {
    bytes.set(damage.bytes, damage.at % (bytes.length - damage.bytes.length));
  }
  return bytes;
}
