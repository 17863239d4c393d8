import { expect, test } from 'vitest';
import { assertionsOf } from '../../src/rule-inventory/assertions.ts';
import { compareRules } from '../../src/rule-inventory/compare-rules.ts';
import { printGaps } from '../../src/rule-inventory/print-gaps.ts';
import { SpecError } from '../../src/spec-error.ts';
import { type Editable, upstreamWith } from './request-schema.ts';

const documentWith = (schemas: Editable) => ({ components: { schemas } });
const empty = { rules: {}, withoutRule: [] };

test('a reference to what encloses it is an assertion, and the walk ends', () => {
  const document = documentWith({
    RequestBody: { properties: { part: { $ref: '#/components/schemas/RequestBody' } } },
  });
  expect(assertionsOf(document)).toEqual([
    {
      at: '#/properties/part/$ref/properties/part/$ref',
      value: '#/components/schemas/RequestBody',
    },
  ]);
});

test.each([
  'https://example.com/schema.json',
  'file:///etc/passwd',
  'other.json#/x',
  '#anchor',
  '#/components/schemas/Gone',
  '/components/schemas/RequestBody',
])('a reference that leads out of the document, or nowhere, is only text: %s', (reference) => {
  const document = documentWith({ RequestBody: { $ref: reference } });
  expect(assertionsOf(document)).toEqual([{ at: '#/$ref', value: reference }]);
});

test('references that double with every step are refused', () => {
  const levels = Array.from({ length: 20 }, (_, index): [string, unknown] => {
    const $ref = `#/components/schemas/L${index + 1}`;
    return [`L${index}`, { properties: { one: { $ref }, other: { $ref } } }];
  });
  const RequestBody = { $ref: '#/components/schemas/L0' };
  const document = documentWith({ ...Object.fromEntries(levels), L20: {}, RequestBody });
  expect(() => assertionsOf(document)).toThrow(SpecError);
});

test('a schema of many thousand levels is refused', () => {
  const nested = '{"items":'.repeat(20_000);
  const document = JSON.parse(
    `{"components":{"schemas":{"RequestBody":${nested}{}${'}'.repeat(20_000)}}}}`,
  );
  expect(() => assertionsOf(document)).toThrow(/more than 100 steps deep/);
});

test('a document without a request schema is refused', () => {
  expect(() => assertionsOf(documentWith({}))).toThrow(/RequestBody is missing/);
});

test('names that mean something to JavaScript are names', () => {
  const schema = '{"type":"string","oneOf":[{"properties":{"__proto__":{"const":1}}}]}';
  const document = JSON.parse(
    `{"components":{"schemas":{"RequestBody":{"items":{"properties":{"__proto__":${schema},"constructor":${schema}}}}}}}`,
  );
  const gaps = compareRules(document, empty);
  expect(gaps.map(({ field, keyword }) => `${field} ${keyword}`)).toEqual([
    '__proto__ type',
    '__proto__ oneOf',
    'constructor type',
    'constructor oneOf',
  ]);
  const added = gaps.flatMap(({ add }) => add.map((line) => JSON.parse(line)));
  expect(compareRules(document, { rules: { 'task.ts': added }, withoutRule: [] })).toEqual([]);
});

test('names that are no words are quoted in messages', () => {
  const name = 'ok.\n\u001b[2Jsettings';
  const document = upstreamWith(({ properties }) => {
    properties[name] = { [name]: 1 };
  });
  const message = printGaps(compareRules(document, empty));
  expect(message).toContain('"ok.\\n\\u001b[2Jsettings": upstream now says "ok.');
  expect(message).not.toContain('\u001b');
});

test('what is no schema where one should be is an assertion as it stands', () => {
  const properties = { list: [1], text: 'x', nothing: null, never: false, always: true };
  const document = documentWith({
    RequestBody: { properties, oneOf: 3, required: 'x', items: [] },
  });
  const values = assertionsOf(document).map(({ value }) => value);
  expect(values).toEqual([[1], 'x', null, false, 3, 'x', []]);
});

test('an empty inventory lacks every assertion', () => {
  const gaps = compareRules(upstreamWith(), empty);
  expect(new Set(gaps.map(({ kind }) => kind))).toEqual(new Set(['missing']));
  expect(gaps.flatMap(({ add }) => add)).toHaveLength(assertionsOf(upstreamWith()).length);
});
