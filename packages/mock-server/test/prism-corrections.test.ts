import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createLogger } from '@stoplight/prism-core';
import { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { model } from '@sync3/generated/constants';
import { startMockServer } from '@sync3/mock-server';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import composed from '../../../openapi/sync-3.openapi.json' with { type: 'json' };
import { createContractCheck } from '../src/contract/contract-check.js';
import { isMultiple } from '../src/contract/decimal-multiples.js';
import { type OpenApiDocument, readDocument } from '../src/contract/document.js';

const document = composed as unknown as OpenApiDocument;
const taskUUID = '6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11';

const jobWithSegment = (startTime: number, endTime: number) => ({
  taskType: 'videoInference',
  taskUUID,
  model,
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

/** Prism as it is, on the document as it is. */
async function askPrismAlone(path: string, body: unknown) {
  // It writes into the document what references mean, and other tests read the same one.
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
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
  const headers = { 'content-type': 'application/json' };
  return prism.request({ method: 'post', url: { path }, headers, body }, operations)();
}

async function start() {
  const mock = await startMockServer({ apiKeys: ['key'], jobDurationMs: 0 });
  onTestFinished(() => mock.close());
  const post = async (url: string, body: string) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
      body,
    });
    return { status: response.status, body: (await response.json()) as object };
  };
  return { mock, post };
}

describe('fractional multipleOf', () => {
  test('Prism alone refuses 0.07 and 1.13, the check accepts them', async () => {
    const body = [jobWithSegment(0.07, 1.13)];
    const result = await askPrismAlone('/v1', body);
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
  expect(await findingsFor(['no task at all'], broken)).toEqual([]);

  const folder = await mkdtemp(join(tmpdir(), 'sync3-document-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'broken.openapi.json');
  await writeFile(path, JSON.stringify(broken));
  await expect(readDocument(pathToFileURL(path))).rejects.toThrow(
    /The schema \w+ does not compile: Invalid regular/,
  );
});

test.each([
  ['cut', '[{"taskType":"getResponse"'],
  ['with a comma too many', '[1,]'],
  ['in two pieces', '[] []'],
])(
  'JSON that is %s is answered at once, in Runware’s shape; Prism’s own server hangs',
  async (_, text) => {
    const { mock, post } = await start();
    expect(await post(mock.url, text)).toEqual({
      status: 400,
      body: { errors: [{ code: 'invalidJSON', message: 'The request body is not JSON.' }] },
    });
    expect(mock.stats.violations).toBe(0);
  },
);

test('a body of 11 MB is taken; Prism’s own server takes 10 MB', async () => {
  const { mock, post } = await start();
  const media = Buffer.alloc(8_250_000).toString('base64');
  const task = { taskType: 'mediaStorage', taskUUID, operation: 'upload', media };
  const body = JSON.stringify([task]);
  expect(body.length).toBeGreaterThan(10 * 1024 * 1024);
  expect(await post(mock.url, body)).toMatchObject({
    status: 200,
    body: { data: [{ taskType: 'mediaStorage', taskUUID, operation: 'upload' }] },
  });
  expect(mock.stats).toMatchObject({ uploads: 1, violations: 0 });
});

test('the API is where the document says, for Prism alone and for the mock server', async () => {
  const [server] = document['servers'] as { url: string }[];
  const [path = ''] = Object.keys(document.paths);
  const { pathname } = new URL(`${server?.url}${path}`);
  expect(pathname).toBe('/v1');
  const body = [{ taskType: 'getResponse', taskUUID }];
  expect(await askPrismAlone(pathname, body)).toMatchObject({ _tag: 'Right' });

  const { mock, post } = await start();
  const { origin } = new URL(mock.url);
  expect(mock.url).toBe(origin + pathname);
  for (const url of [mock.url, `${mock.url}/`]) {
    expect(await post(url, JSON.stringify(body))).toEqual({ status: 200, body: { data: [] } });
  }
  for (const other of ['', '/', '/v2', '/v1/tasks', '/v11']) {
    expect(await post(origin + other, JSON.stringify(body))).toMatchObject({ status: 404 });
  }
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
