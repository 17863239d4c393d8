import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fetchDocument } from '../../src/source/fetch-document.ts';
import { readDocument } from '../../src/source/read-document.ts';
import { changed, refusal, withSchema } from './changed-document.ts';
import { serve } from './local-server.ts';

const ref = (target: string) => ({ $ref: `#/components/schemas/${target}` });

describe('what a document refers to outside of itself is not touched:', () => {
  test('another host receives no request', async () => {
    const elsewhere = await serve((_, response) => response.end('{}'));
    const source = await serve((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(withSchema({ $ref: `${elsewhere.address}/schema.json#/A` }));
    });
    const text = await fetchDocument(source.address);
    expect(refusal(text)).toContain(
      `"$ref" at #/components/schemas/Added/$ref refers to "${elsewhere.address}`,
    );
    await fetch(`${elsewhere.address}/the-first`);
    expect(elsewhere.requests).toEqual(['/the-first']);
  });

  test('a file is not read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sync3-secret-'));
    const path = join(folder, 'secret.json');
    await writeFile(path, '{"A":{"description":"hidden"}}');
    for (const target of [path, pathToFileURL(path).href, `${path}#/A`, './secret.json']) {
      const message = refusal(withSchema({ $ref: target }));
      expect(message).toContain('Other files and hosts are never read');
      expect(message).not.toContain('hidden');
    }
    await rm(folder, { recursive: true });
  });

  test.each([
    'https://example.com/a.json',
    '//example.com/a.json#/A',
    'other.json#/A',
    'Added',
    '',
    '#',
    '#Added',
    ' #/components/schemas/Task',
    'urn:example#/components/schemas/RequestBody',
  ])('$ref %j', (target) => {
    expect(refusal(withSchema({ $ref: target }))).toContain('which is not in the document ("#/…")');
  });

  test.each<[string, unknown]>([
    ['inside an example', { examples: [{ $ref: 'file:///etc/passwd' }] }],
    ['inside a default', { default: { deep: [{ $ref: '/etc/passwd' }] } }],
    ['inside an extension', { 'x-more': { $ref: 'http://127.0.0.1/' } }],
    ['inside a constant', { const: { $ref: 'http://127.0.0.1/' } }],
    ['as $dynamicRef', { $dynamicRef: 'https://example.com/' }],
    ['as $recursiveRef', { $recursiveRef: 'https://example.com/' }],
    ['as operationRef', { 'x-links': { operationRef: 'https://example.com/#/paths/~1/get' } }],
    ['as a mapping', { discriminator: { propertyName: 'a', mapping: { a: 'b.json' } } }],
  ])('%s', (_, schema) => {
    expect(refusal(withSchema(schema))).toContain('which is not in the document');
  });

  test.each<[string, unknown]>([
    ['$id', { $id: 'https://example.com/' }],
    ['$anchor', { properties: { a: { $anchor: 'a' } } }],
    ['$dynamicAnchor', { $dynamicAnchor: 'a' }],
    ['$recursiveAnchor', { $recursiveAnchor: true }],
    ['externalValue', { examples: [{ externalValue: 'https://example.com/' }] }],
  ])('%s is refused', (keyword, schema) => {
    expect(refusal(withSchema(schema))).toContain(`"${keyword}" is not needed`);
  });
});

describe('references within the document:', () => {
  test.each([
    'Missing',
    'RequestBody/type',
    'RequestBody/toString',
    'RequestBody/length',
    'Added/allOf/00',
  ])('to %s, where no schema is, are refused', (target) => {
    const text = withSchema({ $ref: `#/components/schemas/${target}`, allOf: [{}] });
    expect(refusal(text)).toContain('and no schema or object is there');
  });

  test.each<[string, Record<string, unknown>]>([
    ['a slash and a tilde', { $ref: '#/components/schemas/B/properties/x~1y~0z' }],
    ['percent', { $ref: '#/components/schemas/B/properties/%25%20%C3%A4' }],
    ['a list element', { $ref: '#/components/schemas/B/allOf/0' }],
    ['a schema that is `true`', { $ref: '#/components/schemas/B/properties/any' }],
    [
      'a mapping by name and by pointer',
      { discriminator: { propertyName: 'a', mapping: { a: 'B', b: '#/components/schemas/B' } } },
    ],
  ])('%s: accepted', (_, schema) => {
    const B = { properties: { 'x/y~z': {}, '% ä': {}, any: true }, allOf: [{}] };
    expect(() => readDocument(withSchema(schema, { B }))).not.toThrow();
  });

  test.each(['x y', 'x\\y', 'x%5cy', 'x%7e1y', '%', '%zz', '"'])(
    'what tools read differently: %j',
    (name) => {
      const properties = { 'x y': {}, 'x\\y': {}, 'x/y': {}, '%': {}, '%zz': {}, '"': {} };
      const text = withSchema(
        { $ref: `#/components/schemas/B/properties/${name}` },
        { B: { properties } },
      );
      expect(refusal(text)).toContain('must be percent-encoded');
    },
  );
});

describe('circles:', () => {
  test.each<[string, unknown, Record<string, unknown>]>([
    ['itself', ref('Added'), {}],
    ['one another', ref('B'), { B: ref('Added') }],
    ['a long way', ref('C0'), Object.fromEntries([...chain(200), ['C200', ref('Added')]])],
    ['allOf', { allOf: [{ type: 'object' }, ref('Added')] }, {}],
    [
      'oneOf, not and else',
      { oneOf: [{ not: ref('B') }] },
      { B: { if: true, else: ref('Added') } },
    ],
    ['dependentSchemas', { dependentSchemas: { a: ref('Added') } }, {}],
    ['its own part', { anyOf: [{ $ref: '#/components/schemas/Added' }] }, {}],
    ['$dynamicRef', { $dynamicRef: '#/components/schemas/Added' }, {}],
    [
      'a part of itself',
      { properties: { a: { $ref: '#/components/schemas/Added/properties/a' } } },
      {},
    ],
  ])('%s: refused', (_, schema, others) => {
    expect(refusal(withSchema(schema, others))).toContain(
      'a circle of references that defines nothing',
    );
  });

  test.each<[string, unknown, Record<string, unknown>]>([
    ['a property of its own kind', { properties: { next: ref('Added') } }, {}],
    [
      'items of its own kind, in a choice',
      { anyOf: [{ type: 'string' }, { items: ref('Added') }] },
      {},
    ],
    [
      'two kinds that contain one another',
      { properties: { b: ref('B') } },
      { B: { items: ref('Added') } },
    ],
    ['a property called not', { properties: { not: ref('Added'), allOf: ref('Added') } }, {}],
    [
      'the same schema twice',
      { allOf: [ref('B'), { anyOf: [ref('B')] }] },
      { B: { type: 'object' } },
    ],
    ['references to references', ref('C0'), Object.fromEntries([...chain(100), ['C100', {}]])],
  ])('%s: accepted', (_, schema, others) => {
    expect(() => readDocument(withSchema(schema, others))).not.toThrow();
  });

  test('combinations that double thirty times are refused', () => {
    const doubling = Array.from({ length: 30 }, (_, number) => [
      `C${number}`,
      { allOf: [ref(`C${number + 1}`), ref(`C${number + 1}`)] },
    ]);
    const text = changed(({ components }) => {
      Object.assign(components.schemas, Object.fromEntries(doubling), { C30: {} });
    });
    expect(refusal(text)).toContain('combine to more than 10000');
  });
});

/** Schemas C0, C1, … of which each is the next one. */
function chain(length: number): [string, unknown][] {
  return Array.from({ length }, (_, number) => [`C${number}`, ref(`C${number + 1}`)]);
}
