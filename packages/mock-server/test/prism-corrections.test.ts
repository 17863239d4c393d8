import { createLogger } from '@stoplight/prism-core';
import { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import composed from '../../../openapi/sync-3.openapi.json' with { type: 'json' };
import { createContractCheck } from '../src/contract/contract-check.js';
import { isMultiple } from '../src/contract/decimal-multiples.js';
import { assertSchemasCompile, type OpenApiDocument } from '../src/contract/document.js';

const document = composed as unknown as OpenApiDocument;
const taskUUID = '6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11';

const jobWithSegment = (startTime: number, endTime: number) => ({
  taskType: 'videoInference',
  taskUUID,
  model: 'sync:lipsync@3',
  inputs: { video: 'https://example.com/v.mp4' },
  settings: { segments: [{ startTime, endTime, audio: 'https://example.com/a.wav' }] },
});

async function findingsFor(body: unknown, of: OpenApiDocument = document) {
  const check = await createContractCheck(of);
  let found: { keyword: string; path: string[] }[] = [];
  await check(body, async (findings) => {
    found = findings;
    return { status: 200, body: { data: [] } };
  });
  return found;
}

describe('fractional multipleOf', () => {
  test('Prism alone refuses 0.07 and 1.13, the check accepts them', async () => {
    const operations = await getHttpOperationsFromSpec(document);
    const prism = createInstance(
      {
        mock: { dynamic: false },
        checkSecurity: false,
        validateRequest: true,
        validateResponse: false,
        errors: false,
        isProxy: false,
        upstreamProxy: undefined,
      },
      { logger: createLogger('prism', { enabled: false }) },
    );
    const body = [jobWithSegment(0.07, 1.13)];
    const result = await prism.request(
      { method: 'post', url: { path: '/' }, headers: {}, body },
      operations,
    )();
    const codes =
      result._tag === 'Right' ? result.right.validations.input.map(({ code }) => code) : [];
    expect(codes).toContain('multipleOf');
    expect(await findingsFor(body)).toEqual([]);
  });

  test('three decimals are found, with the place', async () => {
    expect(await findingsFor([jobWithSegment(0.075, 1.13)])).toMatchObject([
      { keyword: 'multipleOf', path: ['0', 'settings', 'segments', '0', 'startTime'] },
    ]);
  });

  test('every number written with two decimals is a multiple of 0.01, and no other', () => {
    fc.assert(
      fc.property(fc.nat(1e10), fc.integer({ min: 1, max: 9 }), (hundredths, thousandth) => {
        const text = `${Math.floor(hundredths / 100)}.${`${hundredths % 100}`.padStart(2, '0')}`;
        expect(isMultiple(Number(text), 0.01)).toBe(true);
        expect(isMultiple(Number(`${text}${thousandth}`), 0.01)).toBe(false);
      }),
    );
  });

  test.each([
    [1e21, true],
    [1e-7, false],
    [0, true],
    [-0.07, true],
  ])('%f: %s', (value, expected) => {
    expect(isMultiple(value, 0.01)).toBe(expected);
  });
});

test('a schema that does not compile stops the start; Prism alone would accept everything', async () => {
  const broken = structuredClone(document);
  const speech = broken.components.schemas['Speech'] as { properties: { text: object } };
  Object.assign(speech.properties.text, { pattern: '[' });
  expect(() => assertSchemasCompile(broken)).toThrow(/does not compile: Invalid regular/);
  expect(await findingsFor(['no task at all'], broken)).toEqual([]);
});

test('the faults of a task are those of its own type, not of every branch', async () => {
  const found = await findingsFor([{ taskType: 'getResponse', taskUUID: 'x' }]);
  const others = found.filter(({ keyword }) => keyword !== 'if');
  expect(others).toMatchObject([{ keyword: 'format', path: ['0', 'taskUUID'] }]);
});

test('dependentRequired is enforced, which Prism ignores without the dialect', async () => {
  const body = [
    {
      ...jobWithSegment(0, 1),
      settings: {
        segments: [
          { startTime: 0, endTime: 1, audio: 'https://example.com/a.wav', audioStartTime: 0 },
        ],
      },
    },
  ];
  const keywords = (await findingsFor(body)).map(({ keyword }) => keyword);
  expect(keywords).toContain('dependentRequired');
  const { jsonSchemaDialect: _, ...withoutDialect } = document;
  const unnoticed = await findingsFor(body, withoutDialect as OpenApiDocument);
  expect(unnoticed.map(({ keyword }) => keyword)).not.toContain('dependentRequired');
});
