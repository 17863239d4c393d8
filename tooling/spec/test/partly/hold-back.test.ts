import { expect, test, vi } from 'vitest';
import type { OpenApiDocument } from '../../src/compose.ts';
import { pointerTo } from '../../src/partly/differences.ts';
import { holdBack } from '../../src/partly/hold-back.ts';
import { condition, job, type Part, properties, rules, settings } from '../diff/document-parts.ts';

const old: Part = {
  openapi: '3.1.0',
  paths: { '/': { post: {} } },
  components: {
    schemas: {
      RequestBody: {
        items: {
          properties: { ttl: { minimum: 60 }, settings: { properties: {} } },
          allOf: [condition({ required: ['tts'] }, { required: ['speech'] })],
        },
      },
    },
  },
};

function changed(change: (document: Part) => void): Part {
  const document = structuredClone(old);
  change(document);
  return document;
}

/** Refuses other rules than the old ones, and other operations. */
const isAccepted = async (document: OpenApiDocument) =>
  JSON.stringify(rules(document)) === JSON.stringify(rules(old)) &&
  Object.keys((document as Part).paths).length === 1;

test('a document that is refused for two of its changes is taken without the two', async () => {
  const current = changed((document) => {
    properties(document).ttl.minimum = 30;
    settings(document).mode = { type: 'string' };
    document.paths['/jobs'] = { get: {} };
    rules(document).push(condition({ required: ['ttl'] }, { required: ['outputType'] }));
  });
  const { document, heldBack } = await holdBack(old, current, isAccepted);
  expect(heldBack.map(pointerTo).sort()).toEqual([
    '#/components/schemas/RequestBody/items/allOf',
    '#/paths/~1jobs',
  ]);
  const expected = changed((document) => {
    properties(document).ttl.minimum = 30;
    settings(document).mode = { type: 'string' };
  });
  expect(document).toEqual(expected);
});

test('a new property waits for the rule that speaks of it', async () => {
  const current = changed((document) => {
    settings(document).mode = { type: 'string' };
    settings(document).note = { type: 'string' };
    const when = { properties: { settings: { required: ['mode'] } } };
    rules(document).push(condition(when, { required: ['speech'] }));
  });
  const { document } = await holdBack(old, current, isAccepted);
  expect(settings(document)).toEqual({ note: { type: 'string' } });
  expect(job(document).allOf).toEqual(job(old).allOf);
});

test('nothing is taken where nothing can be, and what is taken was accepted', async () => {
  const accept = vi.fn(async (document: OpenApiDocument) => document === old);
  const current = changed((document) => {
    document.openapi = '4.0.0';
  });
  expect((await holdBack(old, current, accept)).document).toEqual(old);
});
