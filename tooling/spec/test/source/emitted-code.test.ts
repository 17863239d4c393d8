import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDocument } from '../../src/source/read-document.ts';
import { sizes } from '../sizes.ts';
import { withSchema } from './changed-document.ts';
import {
  type EmittedCode,
  identifiersOf,
  literalsOf,
  run,
  statementKinds,
  syntaxErrors,
  typeErrors,
  withEmittedCode,
} from './emitted-code.ts';
import { nastyDocument } from './nasty-document.ts';

const texts = [
  '*/ globalThis.pwned = 1; /*',
  '**// globalThis.pwned = 1; /*',
  '\\u002a\\u002f globalThis.pwned = 1; \\u002f\\u002a',
  '\\u002A\\u002F',
  '\\\\u002a\\u005cu002f',
  '\\u0027]; globalThis.pwned = 1; //',
  '\\u0078zz',
  '\\u000a*/ globalThis.pwned = 1',
  "'];globalThis.pwned=1;//",
  '"];globalThis.pwned=1;//',
  '`\u0024{globalThis.pwned=1}`',
  '\u0024{globalThis.pwned=1}',
  '{globalThis.pwned=1}',
  'a\nglobalThis.pwned = 1\r\n*\n/\rb',
  'a\u2028globalThis.pwned = 1\u2029b',
  '</script><script>globalThis.pwned = 1</script>',
  '\u0000\u0001\u007f\u0085\ufeff',
  '\u202e\u2066',
  'constructor',
  'prototype',
  '__defineGetter__',
  'toString',
  'if',
  'not',
  'allOf',
  '$ref',
  'default',
  '-1',
  '-01',
  '7',
  '1.5',
  '1e3',
  '\\',
  '\\\\',
  "\\'",
  '/',
  '/*',
  '*',
  '//',
  '@deprecated',
  ' ',
  '日本語 😀',
];

/** Nothing but declarations came out, and every text came out as it went in. */
function expectHarmless(code: EmittedCode, given: string[]): void {
  for (const path of code.paths) expect([path, syntaxErrors(code.text(path))]).toEqual([path, []]);
  const types = code.text('/types.gen.ts');
  expect(statementKinds(types)).toEqual(new Set(['TypeAliasDeclaration']));
  const literals = literalsOf(types);
  expect(given.filter((text) => !literals.has(text))).toEqual([]);

  const { exported, globals } = run(code.text('/schemas/schemas.gen.ts'));
  expect(globals).toEqual({});
  for (const [name, schema] of Object.entries(code.composed.components.schemas)) {
    expect([name, exported[`${name}Schema`]]).toEqual([name, schema]);
  }
  for (const path of ['/sdk.gen.ts', '/index.ts']) {
    expect([...statementKinds(code.text(path))].filter((kind) => !harmless.has(kind))).toEqual([]);
  }
}

const harmless = new Set([
  'ImportDeclaration',
  'ExportDeclaration',
  'TypeAliasDeclaration',
  // One constant for each operation.
  'VariableStatement',
  'FirstStatement',
]);

test('code from a document full of code is the same declarations, and type-checks', async () => {
  await withEmittedCode(nastyDocument(texts), (code) => {
    expectHarmless(code, texts);
    expect(typeErrors(code.paths)).toEqual([]);
    for (const path of code.paths) expect(identifiersOf(code.text(path))).not.toContain('pwned');
    // It is there, as text.
    for (const path of ['/sdk.gen.ts', '/types.gen.ts', '/schemas/schemas.gen.ts']) {
      expect(code.text(path)).toContain('globalThis.pwned');
    }
  });
});

test('the same holds for any text put together from what means something in code', async () => {
  const pieces = [
    ...['*', '/', '\\', 'u', '002a', '002f', '0027', '005c', "'", '"', '`', '$', '{', '}', '\n'],
    ...['\r', '\u2028', '\u0000', '@', '<', '>', ';', ']', '(', '=>', 'x', '0', ' ', '-', '😀'],
  ];
  const text = fc
    .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 })
    .map((parts) => parts.join(''))
    // Numbers that are not written as JavaScript writes them are refused as keys.
    .filter((given) => !/^\d/.test(given) || String(Number(given)) === given);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(text, { minLength: 1, maxLength: 12 }), (given) =>
      withEmittedCode(nastyDocument(given), (code) => expectHarmless(code, given)),
    ),
    { numRuns: sizes.documents },
  );
});

test('names that generated code uses itself leave it well-formed', async () => {
  const names = ['Promise', 'Record', 'String', 'Object', 'Options', 'Client', 'ClientOptions'];
  const others = [
    'RunSync3Data',
    'class',
    'await',
    'default',
    '1a',
    'a.b',
    'a-b',
    '-',
    'constructor',
  ];
  const schemas = Object.fromEntries(
    [...names, ...others].map((name) => [
      name,
      { type: 'object', properties: { self: { $ref: `#/components/schemas/${name}` } } },
    ]),
  );
  await withEmittedCode(readDocument(withSchema({ type: 'string' }, schemas)), ({ paths }) => {
    expect(typeErrors(paths)).toEqual([]);
  });
});
