import fc from 'fast-check';
import { expect, test } from 'vitest';
import { taskUUIDOf } from '../../src/ledger/task-uuid.ts';
import { canonicalJson } from '../../src/manifest/canonical-json.ts';
import { checkItem } from '../../src/manifest/check-item.ts';
import { MediaFiles } from '../../src/manifest/media-files.ts';
import { payloadHash } from '../../src/manifest/payload-hash.ts';

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
      expect(await hashOf({ ...value, ttl: (value.ttl ?? 60) + 1 })).not.toBe(hash);
    }),
  );
});

const inputs = { video: 'https://example.com/a.mp4', audio: 'https://example.com/a.wav' };

// Never to be changed: an item whose hash is another is planned, and paid for, once more.
test.each([
  [{ inputs }, 'e073e3d7854d69503b6ef6f8d8ffe34ba76c3719c77bd34d1d5e477009061afa'],
  [
    { speech: { text: 'Grüße 😀' }, inputs: { video: inputs.video } },
    '09e26488b1b42a550be25c1c35b1e559687813b831b6febd7fba8c767562e224',
  ],
  [
    {
      inputs: { video: inputs.video },
      settings: { segments: [{ startTime: 0.1 + 0.2, endTime: 1.13, audio: inputs.audio }] },
    },
    '18028b82f55b749f9fb7cf5b54d7114d2668286b4bd268d5553dc5b29dd0ae70',
  ],
])('the payload hash of %j is the one that the first release gave it', async (value, hash) => {
  expect(await hashOf(value)).toBe(hash);
});

test('the constants and the voice of the first release make no difference, others do', () => {
  const speech = { text: 'Hello' };
  const hash = payloadHash({ inputs, speech });
  for (const [name, first, other] of [
    ['taskType', 'videoInference', 'imageInference'],
    ['model', 'sync:lipsync@3', 'sync:3@0'],
    ['deliveryMethod', 'async', 'sync'],
  ]) {
    expect(payloadHash({ inputs, speech, [`${name}`]: first })).toBe(hash);
    expect(payloadHash({ inputs, speech, [`${name}`]: other })).not.toBe(hash);
  }
  expect(payloadHash({ inputs, speech: { ...speech, voice: 'auto' } })).toBe(hash);
  expect(payloadHash({ inputs, speech: { ...speech, voice: 'other' } })).not.toBe(hash);
});

test('whatever a line may hold, the payload hash is the one that the first release gave it', () => {
  expect(
    payloadHash({
      ttl: 3600,
      settings: { syncMode: 'remap', temperature: 0.5, tts: { stability: 0.07 } },
      numberResults: 2,
      inputs: { video: `sha256:${'0'.repeat(64)}`, audio: inputs.audio },
      outputFormat: 'WEBM',
    }),
  ).toBe('ff928c4c6f73c4d1a8163e76cf6432e0de6a6d9172d02485ab6cecf06d11a2ab');
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
