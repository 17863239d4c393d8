import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/source/read-document.ts';
import { SpecError } from '../../src/spec-error.ts';
import { changed, refusal, upstream, withSchema } from './changed-document.ts';

test('the document of sync-3 is accepted as it is', () => {
  expect(readDocument(upstream)).toEqual(JSON.parse(upstream));
});

describe('what is not JSON says what it looks like and where it breaks:', () => {
  test.each([
    ['an empty answer', ' \n', 'it is empty'],
    ['a page', '<!doctype html><html></html>', 'looks like HTML or XML ("<!doctype html><html")'],
    ['YAML', 'openapi: 3.1.0\n', 'looks like YAML or plain text ("openapi: 3.1.0\\n")'],
    ['a YAML bomb', `a: &a [x,x]\n${'b: &b [*a,*a]\n'.repeat(9)}`, 'looks like YAML or plain text'],
    ['a fault', '{\n  "openapi": "3.1.0",\n  "info": ?\n}', 'breaks at line 3, column 11, at "?'],
    ['a trailing comma', '{"a":1,}', 'breaks at line 1, column 8'],
    ['a control character', '["a\u0001"]', 'breaks at line 1, column 4, at "\\u0001'],
    ['more behind the end', '{}{}', 'breaks at line 1, column 3'],
  ])('%s', (_, text, expected) => {
    expect(refusal(text)).toContain(expected);
  });

  test('a document cut short, at any byte', () => {
    const lines = upstream.split('\n').length;
    expect(refusal(upstream.trimEnd().slice(0, -1))).toContain(`off at line ${lines}, column 1;`);
    const anywhere = fc.integer({ min: 1, max: upstream.trimEnd().length - 1 });
    fc.assert(
      fc.property(anywhere, (length) => {
        const before = upstream.slice(0, length).split('\n');
        const message = refusal(upstream.slice(0, length));
        const [, line] = /breaks off at line (\d+), column \d+/.exec(message) ?? [];
        expect(Number(line)).toBe(before.length);
      }),
    );
  });
});

describe('what is JSON, but not the document of this model, says what it is:', () => {
  const named = (title: string, operationId: string) =>
    changed((document) => {
      document.info.title = title;
      document.paths['/'].post.operationId = operationId;
    });

  test.each([
    ['a list', '[]', 'a list and no OpenAPI document'],
    ['null', 'null', 'null and no OpenAPI document'],
    ['an error body', '{"error":"not found"}', 'no OpenAPI document'],
    ['Swagger 2.0', '{"swagger":"2.0","info":{"title":"Old"}}', '("Old") is Swagger "2.0"'],
    ['OpenAPI 3.0', changed((document) => (document.openapi = '3.0.3')), 'is OpenAPI "3.0.3"'],
    ['OpenAPI 3.10', changed((document) => (document.openapi = '3.10.0')), 'is OpenAPI "3.10.0"'],
    [
      'another model',
      named('Runware API - FLUX', 'run_flux'),
      '("Runware API - FLUX") describes another',
    ],
    ['another title alone', named('Runware API - FLUX', 'run_sync_3'), 'describes another model'],
    ['a model of a similar name', named('Runware API - sync-30', 'run_sync_30'), 'another model'],
    ['a variant', named('Runware API - sync-3-pro', 'run_sync_3_pro'), 'another model'],
    ['a newer version', named('Runware API - sync-3.5', 'run_sync_3_5'), 'another model'],
  ])('%s', (_, text, expected) => {
    const message = refusal(text);
    expect(message).toContain(expected);
    expect(message).toContain('--from');
  });

  test.each([
    ['another title', named('Lip synchronization', 'run_sync_3')],
    ['a longer title', named('Runware API - sync-3 (beta).', 'anything')],
    ['another operation', named('Runware API - sync-3', 'lipsync')],
    ['OpenAPI 3.1.1', changed((document) => (document.openapi = '3.1.1'))],
    ['OpenAPI 3.2.0', changed((document) => (document.openapi = '3.2.0'))],
    [
      'a renamed model',
      changed((document) => {
        document.components.schemas.RequestBody.items.properties.model.const = 'sync:lipsync@4';
      }),
    ],
  ])('accepted with %s', (_, text) => {
    expect(readDocument(text)).toEqual(JSON.parse(text));
  });

  test('accepted with everything renamed but the identifier of the model', () => {
    const text = named('Runware API - Lipsync 3', 'run_lipsync_3');
    expect(refusal(text)).toContain('another model');
    expect(readDocument(text, ['sync:lipsync@3'])).toEqual(JSON.parse(text));
  });

  test.each<[string, (document: Anything) => void]>([
    ['no path', ({ paths }) => delete paths['/']],
    [
      'a body that says nothing of its items',
      ({ paths }) => {
        paths['/'].post.requestBody.content['application/json'].schema = { type: 'array' };
      },
    ],
    ['one task', (d) => (d.components.schemas.RequestBody.type = 'object')],
    ['no model', (d) => delete d.components.schemas.RequestBody.items.properties.model],
    ['no task type', (d) => delete d.components.schemas.RequestBody.items.properties.taskType],
    ['a second operation', ({ paths }) => (paths['/more'] = paths['/'])],
  ])('refused with %s', (_, change) => {
    expect(refusal(changed(change))).toContain('does not describe a list of tasks for one model');
  });
});

describe('bounds:', () => {
  const nested = (levels: number) => {
    let schema: Anything = {};
    for (let level = 0; level < levels; level++) schema = { not: schema };
    return schema;
  };

  test.each([
    ['62 levels below a schema', withSchema(nested(62)), 'is deeper than 64 levels'],
    ['a million levels', `${'['.repeat(1e6)}${']'.repeat(1e6)}`, 'is deeper than 64 levels'],
    ['two million values', `[${'1,'.repeat(2e6)}1]`, 'more than 20000 values'],
    ['twenty thousand keys', withSchema(Object.fromEntries(numbered(20_000))), 'more than 20000'],
    [
      'a long text',
      withSchema({ description: 'x'.repeat(65_537) }),
      'longer than 65536 characters',
    ],
    ['a long key', withSchema({ ['x'.repeat(1025)]: 1 }), 'a key longer than 1024 characters'],
    [
      'an endless number',
      withSchema({ minimum: 7 }).replace('"minimum":7', '"minimum":1e999'),
      'too large',
    ],
    ['half a character', withSchema({ title: 'a\ud800' }), 'half a character'],
    ['half a character in a key', withSchema({ 'a\udc00': {} }), 'half a character'],
    ['a key 01', withSchema({ properties: { '01': {} } }), 'a key "01", a number'],
    ['a key 1.0', withSchema({ default: { '1.0': 1 } }), 'a key "1.0", a number'],
    ['a key beyond 2^53', withSchema({ '9007199254740993': 1 }), 'a number that generated code'],
    [
      'a key that changes what is inherited',
      upstream.replace('"info"', '"__proto__"'),
      '"__proto__"',
    ],
  ])('%s', (_, text, expected) => {
    expect(refusal(text)).toContain(expected);
  });

  test('a key __proto__ is refused at any depth, and nothing inherits from it', () => {
    const text = upstream.replace('"securitySchemes": {', '$& "__proto__": { "polluted": 1 },');
    expect(refusal(text)).toContain('"securitySchemes" at #/components/securitySchemes');
    expect(({} as Anything).polluted).toBeUndefined();
  });

  test('61 levels below a schema are accepted', () => {
    expect(() => readDocument(withSchema(nested(61)))).not.toThrow();
  });
});

describe('names and keywords:', () => {
  const operation = (change: (operation: Anything) => void) =>
    changed(({ paths }) => change(paths['/'].post));

  test.each([
    [
      'an operation',
      operation((post) => (post.operationId = 'a(){};evil')),
      '"operationId" at #/paths/~1/post',
    ],
    [
      'a schema',
      changed((d) => (d.components.schemas["A'];evil//"] = {})),
      '"schemas" at #/components/schemas',
    ],
    [
      'a response',
      changed((d) => (d.components.responses = { 'a b': {} })),
      '#/components/responses',
    ],
    [
      'a schema called Array',
      changed((d) => (d.components.schemas.array = {})),
      '#/components/schemas',
    ],
    ['a status', operation((post) => (post.responses["2'"] = {})), '"responses"'],
    ['a media type', operation((post) => (post.requestBody.content.x = {})), '"content"'],
    ['a path', changed((d) => (d.paths.x = {})), '"paths"'],
    ['prose of an operation', operation((post) => (post.summary = { a: 1 })), '"summary"'],
    ['an empty enum', withSchema({ enum: [] }), '"enum" at #/components/schemas/Added/enum'],
    ['a nested empty enum', withSchema({ items: { not: { enum: [] } } }), '"enum" at #/components'],
    [
      'required',
      withSchema({ required: 'a' }),
      '"required" at #/components/schemas/Added/required',
    ],
    [
      'a list of a fixed length that no tuple can have',
      withSchema({ type: 'array', minItems: 50_000_000, maxItems: 50_000_000 }),
      '"minItems" at #/components/schemas/Added/minItems is refused: it must be <= 1000',
    ],
    ['a type', withSchema({ type: 'strnig' }), 'must be one of array, boolean'],
    ['properties', withSchema({ properties: [] }), '"properties" at'],
    ['a property', withSchema({ properties: { a: 3 } }), '"a" at'],
    ['minimum', withSchema({ minimum: '1' }), '"minimum" at'],
    ['a title', withSchema({ title: 5 }), '"title" at'],
    [
      'a broken pattern',
      withSchema({ pattern: '(' }),
      'must be a regular expression (with the flag "u")',
    ],
    ['a pattern only without the flag u', withSchema({ pattern: '^[\\w-.]+$' }), 'flag "u"'],
    ['a long pattern', withSchema({ pattern: 'a'.repeat(1001) }), '1000 characters'],
    ['a broken pattern for names', withSchema({ patternProperties: { '[': true } }), 'expression'],
    ['another dialect', withSchema({ $schema: 'https://example.com/schema' }), '"$schema" at'],
    [
      'another dialect of the whole',
      changed((d) => (d.jsonSchemaDialect = 'https://example.com/schema')),
      '"jsonSchemaDialect" at #/jsonSchemaDialect is refused: it must be one of',
    ],
    [
      'a schema that is no component',
      operation((post) => (post.parameters = [{ name: 'a', in: 'query', schema: { enum: [] } }])),
      '"enum" at #/paths/~1/post/parameters/0/schema/enum',
    ],
  ])('%s is refused', (_, text, expected) => {
    expect(refusal(text)).toContain(expected);
  });

  test('any text may be a property, a value or prose', () => {
    const texts = [
      'constructor',
      'prototype',
      '$ref',
      '$id',
      'mapping',
      "'];x//",
      '*/',
      '',
      '\u0000',
      'if',
    ];
    const properties = Object.fromEntries(
      texts.map((text) => [text, { const: text, title: text }]),
    );
    expect(() =>
      readDocument(withSchema({ properties, required: texts, enum: texts })),
    ).not.toThrow();
  });
});

test('text that is no document never gives anything but a SpecError', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json({ maxDepth: 3 }), fc.string()), (text) => {
      expect(() => readDocument(text)).toThrow(SpecError);
    }),
  );
});

test('a document with anything anywhere is accepted or refused with a SpecError', () => {
  const places = JSON.stringify(JSON.parse(upstream)).split(/(?<=[:,[])(?="|\{|\[|\d|true|false)/);
  const keywords = [
    '$ref',
    'properties',
    'allOf',
    'enum',
    'discriminator',
    'mapping',
    'pattern',
    'type',
  ];
  const anything = fc.jsonValue({ maxDepth: 2 });
  const schema = fc.dictionary(fc.constantFrom(...keywords), anything);
  const text = fc.record({ at: fc.nat(places.length - 1), value: fc.oneof(anything, schema) });
  fc.assert(
    fc.property(text, ({ at, value }) => {
      const [head, tail] = [places.slice(0, at).join(''), places.slice(at).join('')];
      // Replaces one literal, or puts a value where a key or a brace was, which is then no JSON.
      const mutant =
        head + tail.replace(/^("(?:[^"\\]|\\.)*"|\d+|true|false)/, JSON.stringify(value));
      try {
        readDocument(mutant);
      } catch (error) {
        expect(error).toBeInstanceOf(SpecError);
      }
    }),
    { numRuns: 200 },
  );
});

function numbered(count: number): [string, number][] {
  return Array.from({ length: count }, (_, number) => [`x-${number}`, number]);
}

// biome-ignore lint/suspicious/noExplicitAny: the tests put anything anywhere.
type Anything = any;
