import fc from 'fast-check';
import { expect, test } from 'vitest';
import { taskUUIDOf } from '../../src/ledger/task-uuid.ts';
import { canonicalJson } from '../../src/manifest/canonical-json.ts';
import { checkItem } from '../../src/manifest/check-item.ts';
import { MediaFiles } from '../../src/manifest/media-files.ts';

const files = new MediaFiles('/');

async function hashOf(params: unknown): Promise<string | undefined> {
  const { item } = await checkItem({ line: 1, params }, files);
  return item?.payloadHash;
}

/** The same value with the properties of all objects turned round, and one that is undefined. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries([
    ...entries.map(([name, each]) => [name, shuffled(each)]),
    [`no such name ${entries.length}`, undefined],
  ]);
}

test('canonical JSON is the same for every order of properties, and reads back as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'medium' }), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(shuffled(value))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

const url = fc.webUrl();
const hundredth = fc.integer({ min: 1, max: 10_000_000 }).map((value) => value / 100);
const params = fc.record(
  {
    inputs: fc.record({ video: url }),
    settings: fc.record({
      segments: fc.array(
        fc.record({ startTime: hundredth, audio: url }).map((segment) => ({
          ...segment,
          endTime: segment.startTime + 1,
        })),
        { minLength: 1, maxLength: 3 },
      ),
      syncMode: fc.constantFrom('bounce', 'remap', undefined),
    }),
    ttl: fc.integer({ min: 60, max: 9999 }),
    webhookURL: url,
  },
  { requiredKeys: ['inputs', 'settings'] },
);

test('the payload hash knows nothing of order, undefined and noise, and everything else', async () => {
  await fc.assert(
    fc.asyncProperty(params, async (value) => {
      const hash = await hashOf(value);
      expect(hash).toMatch(/^[\da-f]{64}$/);
      expect(await hashOf(shuffled(value))).toBe(hash);
      const noisy = structuredClone(value);
      for (const segment of noisy.settings.segments) segment.startTime += 1e-9;
      expect(await hashOf(noisy)).toBe(hash);
      const asUrl = { ...value, inputs: { video: new URL(value.inputs.video) } };
      if (asUrl.inputs.video.href === value.inputs.video) expect(await hashOf(asUrl)).toBe(hash);
      expect(await hashOf({ ...value, deliveryMethod: 'async', model: 'sync:lipsync@3' })).toBe(
        hash,
      );
      expect(await hashOf({ ...value, ttl: (value.ttl ?? 60) + 1 })).not.toBe(hash);
    }),
  );
});

test('what the SDK fills in makes no difference', async () => {
  const inputs = { video: 'https://example.com/a.mp4' };
  const speech = { text: 'Hello' };
  const hash = await hashOf({ inputs, speech });
  expect(hash).toBeDefined();
  expect(await hashOf({ inputs, speech: { text: 'Hello', voice: 'auto' } })).toBe(hash);
  expect(await hashOf({ inputs, speech: { text: 'Hello', voice: 'other' } })).not.toBe(hash);
});

test('the taskUUID follows from batch, key, payload and retries, and from nothing else', () => {
  const identity = fc.record({
    batch: fc.string(),
    key: fc.string(),
    payloadHash: fc.string(),
    retries: fc.nat(),
  });
  fc.assert(
    fc.property(identity, identity, (one, other) => {
      const taskUUID = taskUUIDOf(one);
      expect(taskUUID).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
      expect(taskUUIDOf({ ...one })).toBe(taskUUID);
      const isSame = canonicalJson(one) === canonicalJson(other);
      expect(taskUUIDOf(other) === taskUUID).toBe(isSame);
    }),
  );
  // Never to be changed: jobs that were paid for are found by it.
  expect(taskUUIDOf({ batch: 'default', key: 'a', payloadHash: 'b', retries: 0 })).toBe(
    '112cdf00-b724-4ba4-8483-84caed58fca2',
  );
});
