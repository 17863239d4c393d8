import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import { locations } from '../../src/locations.ts';
import { writeRules } from '../../src/rules/write-rules.ts';

const folder = await mkdtemp(join(tmpdir(), 'sync3-rules-'));
const committed = await readFile(locations.composed, 'utf8');
afterAll(() => rm(folder, { recursive: true }));

interface Found {
  issues: { rule: string; path: string; message: string }[];
}

let count = 0;

/** The rules of a document in which `settings` has a property more, which is given as `extra`. */
async function rulesFor(schema: object, more: object = {}) {
  const document = JSON.parse(committed);
  Object.assign(document.components.schemas, more);
  document.components.schemas.Settings.properties.extra = schema;
  count += 1;
  const target = join(folder, `${count}`);
  await writeRules(document, target);
  for (const name of await readdir(target)) {
    const text = await readFile(join(target, name), 'utf8');
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    await writeFile(join(target, name.replace('.ts', '.js')), outputText);
  }
  await writeFile(join(target, 'package.json'), '{"type":"module"}');
  const { checkVideoInferenceTask } = await import(pathToFileURL(join(target, 'index.js')).href);
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const isValid = ajv.compile({ ...schema, components: document.components });
  return (extra: unknown) => {
    const at: Found & object = { issues: [], ...{ path: [], crossField: {} } };
    const task = {
      taskType: 'videoInference',
      taskUUID: '7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f10',
      model: 'sync:lipsync@3',
      inputs: { video: 'https://example.com/a.mp4', audio: 'https://example.com/a.wav' },
      settings: { extra },
    };
    checkVideoInferenceTask(task, at);
    return { issues: at.issues, isValid: isValid(extra) };
  };
}

const values = [
  ...[
    null,
    true,
    false,
    0,
    -0,
    1,
    -1,
    2,
    3,
    5,
    10,
    0.25,
    0.5,
    1.5,
    100,

    '',
    'a',
    'ab',
    'abc',
  ],
  ...['fast', 'slow', '😀😀', 'abcd', 'x'.repeat(20), 'a@example.com', 'example.com', '1.2.3.4'],
  ...['https://example.com', '7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f10', [], [1], [1, 1], [1, 2, 3]],
  ...[
    ['a'],
    ['a', 'a'],
    [[1]],
    [{}],
    {},
    { a: 1 },
    { a: 'x', b: 2 },
    { b: 1 },
    { a: 'x', c: null },
  ],
];

const constants = (...list: unknown[]) =>
  list.map((value) => ({ const: value, title: `${value}` }));
const pair = {
  type: 'object',
  properties: { a: { type: 'string' }, b: { type: 'integer', maximum: 1 } },
  required: ['a'],
  additionalProperties: false,
};

describe('a new property is checked as Ajv checks it', () => {
  test.each<[what: string, schema: object, more?: object]>([
    ['a number within bounds', { type: 'number', minimum: 0, maximum: 1 }],
    ['a number with excluded bounds', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 2 }],
    ['a number in steps', { type: 'number', multipleOf: 0.25 }],
    ['a whole number', { type: 'integer', minimum: 1, maximum: 5 }],
    ['a whole number in steps', { type: 'integer', multipleOf: 5 }],
    ['a string with lengths', { type: 'string', minLength: 2, maxLength: 3 }],
    ['a string with a pattern', { type: 'string', pattern: '^a' }],
    ['a boolean', { type: 'boolean', default: true }],
    ['an enumeration', { type: 'string', enum: ['fast', 'slow'] }],
    ['an enumeration of numbers', { type: 'integer', enum: [1, 5] }],
    ['an enumeration without a type', { enum: ['fast', 1, null] }],
    ['constants with meanings', { type: 'string', oneOf: constants('fast', 'slow') }],
    ['any of constants', { anyOf: constants('fast', 10) }],
    ['an e-mail address', { type: 'string', format: 'email' }],
    ['any of formats', { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'uuid' }] }],
    ['a format of numbers, which asserts nothing', { type: 'number', format: 'double' }],
    ['a string or null', { type: ['string', 'null'], maxLength: 1 }],
    ['a union with null', { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] }],
    ['an object', pair],
    ['an object or null', { oneOf: [pair, { type: 'null' }] }],
    ['an object behind a reference', { $ref: '#/components/schemas/Pair' }, { Pair: pair }],
    [
      'an object in parts',
      {
        allOf: [{ type: 'object', properties: { a: { type: 'string' } } }],
        type: 'object',
        properties: { b: { type: 'integer' } },
        unevaluatedProperties: false,
      },
    ],
    ['an open object', { type: 'object', properties: { a: { type: 'string' } } }],
    ['a list of numbers', { type: 'array', items: { type: 'number' }, maxItems: 2 }],
    ['a list of strings', { type: 'array', items: { type: 'string' }, minItems: 1 }],
    ['a list without repetitions', { type: 'array', items: {}, uniqueItems: true }],
    ['a list of objects', { type: 'array', items: pair }],
    ['anything', { description: 'Anything.' }],
  ])('%s', async (_, schema, more) => {
    const check = await rulesFor(schema, more);
    for (const value of values) {
      const { issues, isValid } = check(value);
      const said = issues.map(({ rule }) => rule).join(', ') || 'accepted';
      expect(`${JSON.stringify(value)}: ${issues.length === 0}, ${said}`).toBe(
        `${JSON.stringify(value)}: ${isValid}, ${said}`,
      );
      expect(said).toMatch(/^accepted$|^settings\.extra/);
    }
  });
});

test('messages say what is accepted', async () => {
  const messageOf = async (schema: object, value: unknown) =>
    (await rulesFor(schema))(value)
      .issues.map(({ message }) => message)
      .join(' ');
  expect(await messageOf({ type: 'string', minLength: 2, maxLength: 3 }, 'a')).toBe(
    'settings.extra must be a string of 2 to 3 characters.',
  );
  expect(await messageOf({ type: 'integer', minimum: 1 }, 0)).toBe(
    'settings.extra must be a whole number from 1.',
  );
  expect(await messageOf({ type: ['string', 'null'], enum: ['a', null] }, 'b')).toBe(
    'settings.extra must be a or null.',
  );
});

describe('what no rule can be made of stops generation with its pointer', () => {
  test.each<[keyword: string, schema: object]>([
    ['contains', { type: 'array', contains: { type: 'string' } }],
    ['patternProperties', { type: 'object', patternProperties: { '^x': {} } }],
    ['format', { type: 'string', format: 'iri' }],
    ['not', { type: 'string', not: { const: 'a' } }],
    ['minimum', { type: 'string', minimum: 1 }],
    ['madeUp', { type: 'boolean', madeUp: 1 }],
  ])('%s', async (keyword, schema) => {
    const pointer = `#/components/schemas/Settings/properties/extra/${keyword}`;
    await expect(rulesFor(schema)).rejects.toThrow(pointer);
  });
});
