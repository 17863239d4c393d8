import { expect, test } from 'vitest';
import type { Parameter } from '../../src/parameters/parameter.ts';
import { readParameters } from '../../src/parameters/read-parameters.ts';
import { listRules } from '../../src/rules/rule-name.ts';
import { taskDocument } from './task-document.ts';

const plain = {
  isRequired: false,
  isMedia: false,
  isNullable: false,
  isDeprecated: false,
};

/** What is read of a property with this schema. */
function read(schema: unknown, components: Record<string, unknown> = {}): Parameter {
  const [parameter] = readParameters(taskDocument({ it: schema }, {}, components));
  if (!parameter) throw new Error('Nothing was read.');
  return parameter;
}

test('bounds, default and words of a number', () => {
  const words = { title: 'It', description: 'What it is.' };
  const bounds = { minimum: 0, exclusiveMaximum: 10, multipleOf: 0.01, default: 0.5 };
  expect(read({ type: 'number', ...words, ...bounds })).toEqual({
    path: ['it'],
    type: 'number',
    ...plain,
    ...words,
    ...bounds,
    rules: [],
  });
});

test('lengths, pattern and format of a string; it is deprecated and has to be there', () => {
  const asserted = { minLength: 1, maxLength: 9, pattern: '^a', format: 'uri' };
  const schema = { type: 'string', deprecated: true, ...asserted };
  const [parameter] = readParameters(taskDocument({ it: schema }, { required: ['it'] }));
  expect(parameter).toEqual({
    path: ['it'],
    type: 'string',
    ...plain,
    isRequired: true,
    isDeprecated: true,
    ...asserted,
    rules: [],
  });
});

const constants = [{ const: 'a', title: 'A', description: 'The first.' }, { const: 'b' }];
const chosen = [{ value: 'a', title: 'A', description: 'The first.' }, { value: 'b' }];

test.each([
  ['const', { const: 'a' }, [{ value: 'a' }]],
  ['enum', { type: 'string', enum: ['a', 'b'] }, [{ value: 'a' }, { value: 'b' }]],
  ['oneOf of constants', { type: 'string', oneOf: constants }, chosen],
  ['anyOf of constants', { anyOf: constants }, chosen],
  [
    'enums of one value',
    { oneOf: [{ enum: ['a'], description: 'x' }] },
    [{ value: 'a', description: 'x' }],
  ],
  ['constants or null', { anyOf: [...constants, { type: 'null' }] }, chosen],
])('choices from %s', (_, schema, choices) => {
  expect(read(schema)).toMatchObject({ type: 'string', choices });
});

test('a constant that is a component is a choice with its words', () => {
  const components = { First: { const: 1, description: 'The first.' } };
  const schema = { oneOf: [{ $ref: '#/components/schemas/First' }, { const: 2 }] };
  expect(read(schema, components)).toMatchObject({
    type: 'number',
    choices: [{ value: 1, description: 'The first.' }, { value: 2 }],
  });
});

test('alternatives that are no constants are no choices', () => {
  const parameter = read({ anyOf: [{ const: 'auto' }, { type: 'number' }] });
  expect(parameter).not.toHaveProperty('choices');
  expect(parameter.type).toBe('any');
});

test.each([
  ['a list of types', { type: ['number', 'null'], maximum: 1 }],
  ['anyOf', { anyOf: [{ type: 'number', maximum: 1 }, { type: 'null' }] }],
  ['oneOf with a constant', { oneOf: [{ const: null }, { type: 'number', maximum: 1 }] }],
  ['a component', { anyOf: [{ $ref: '#/components/schemas/Share' }, { type: 'null' }] }],
])('null is allowed by %s', (_, schema) => {
  const components = { Share: { type: 'number', maximum: 1 } };
  expect(read(schema, components)).toMatchObject({ type: 'number', isNullable: true, maximum: 1 });
});

test('an enum with null', () => {
  const parameter = read({ type: ['string', 'null'], enum: ['a', null] });
  expect(parameter).toMatchObject({ type: 'string', isNullable: true, choices: [{ value: 'a' }] });
});

test.each([[{ type: ['string', 'number'] }], [{}], [true]])('%j has no one type', (schema) => {
  expect(read(schema).type).toBe('any');
});

test('media are a UUID or a URL', () => {
  const media = { type: 'string', anyOf: [{ format: 'uuid' }, { format: 'uri' }] };
  expect(read(media)).toMatchObject({ type: 'string', isMedia: true });
  expect(read({ type: 'string', format: 'uri' }).isMedia).toBe(false);
  expect(read({ $ref: '#/components/schemas/Media' }, { Media: media }).isMedia).toBe(true);
});

test('what stands beside a reference, and what allOf adds', () => {
  const components = { Base: { type: 'number', title: 'Base', minimum: 0 } };
  const base = { $ref: '#/components/schemas/Base' };
  expect(read({ ...base, title: 'Own' }, components)).toMatchObject({ title: 'Own', minimum: 0 });
  const both = read({ allOf: [base, { maximum: 1 }], title: 'Own' }, components);
  expect(both).toMatchObject({ type: 'number', title: 'Own', minimum: 0, maximum: 1 });
});

test('objects and lists of any depth: parents first, in the order of the document', () => {
  const leaf = { type: 'number', multipleOf: 0.01 };
  const element = { type: 'object', properties: { leaf }, required: ['leaf'] };
  const inner = { type: 'object', properties: { list: { type: 'array', items: element } } };
  const components = { Inner: inner };
  const outer = { type: 'object', properties: { inner: { $ref: '#/components/schemas/Inner' } } };
  const document = taskDocument({ outer, last: { type: 'boolean' } }, {}, components);
  expect(readParameters(document).map(({ path, type }) => [path.join('.'), type])).toEqual([
    ['outer', 'object'],
    ['outer.inner', 'object'],
    ['outer.inner.list', 'array'],
    ['outer.inner.list.[]', 'object'],
    ['outer.inner.list.[].leaf', 'number'],
    ['last', 'boolean'],
  ]);
  expect(readParameters(document)[4]).toMatchObject({ isRequired: true });
});

test('a schema that contains itself is entered once', () => {
  const self = { $ref: '#/components/schemas/Tree' };
  const tree = { type: 'object', properties: { child: self, all: { type: 'array', items: self } } };
  const found = readParameters(taskDocument({ tree: self }, {}, { Tree: tree }));
  expect(found.map(({ path }) => path.join('.'))).toEqual([
    'tree',
    'tree.child',
    'tree.all',
    'tree.all.[]',
  ]);
});

test('a component that refers to itself says nothing', () => {
  const loop = { $ref: '#/components/schemas/Loop' };
  expect(read(loop, { Loop: loop })).toMatchObject({ type: 'any' });
  expect(read(loop, { Loop: { allOf: [loop], type: 'string' } }).type).toBe('string');
});

test('each parameter names the generated rules about it', () => {
  const leaf = { type: 'number', multipleOf: 0.01, minimum: 0 };
  const element = { type: 'object', properties: { leaf }, required: ['leaf'] };
  const document = taskDocument({ list: { type: 'array', items: element } });
  const parameters = readParameters(document, listRules(document));
  expect(Object.fromEntries(parameters.map(({ path, rules }) => [path.join('.'), rules]))).toEqual({
    list: ['list.type'],
    'list.[]': ['list[].type'],
    'list.[].leaf': [
      'list[].leaf.required',
      'list[].leaf.type',
      'list[].leaf.minimum',
      'list[].leaf.multipleOf',
    ],
  });
});
