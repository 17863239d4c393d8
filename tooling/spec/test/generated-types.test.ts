import { expect, test } from 'vitest';
import { typeable } from '../src/typeable.ts';
import { frozenDocument } from './frozen/frozen-document.ts';
import { withEmittedCode } from './source/emitted-code.ts';

const types = await withEmittedCode(frozenDocument(), (code) => code.text('/types.gen.ts'));

test('no type is an intersection with unknown, or a union of the same thing twice', () => {
  expect(types).not.toMatch(/unknown &|& unknown|unknown \| unknown|string \| string/);
});

test('inputs are strings', () => {
  expect(types).toMatch(/ {4}video: string;/);
  expect(types).toMatch(/ {4}audio\?: string;/);
});

test.each([
  'VideoInferenceTask',
  'GetResponseTask',
  'GetTaskDetailsTask',
  'MediaStorageTask',
  'AuthenticationTask',
  'Settings',
  'Segment',
  'SyncMode',
  'VideoInferenceAcknowledgement',
  'VideoInferenceProcessing',
  'VideoInferenceSuccess',
  'VideoInferenceFailure',
  'MediaStorageUploadResult',
  'TaskDetailsResult',
  'ErrorDetail',
])('%s has a name', (name) => {
  expect(types).toContain(`export type ${name} = `);
});

test('typeable drops what only asserts and keeps what has a shape', () => {
  const schema = {
    type: 'object',
    properties: {
      reference: { type: 'string', anyOf: [{ format: 'uuid' }, { format: 'uri' }] },
      mode: { type: 'string', oneOf: [{ const: 'a' }, { const: 'b' }] },
    },
    allOf: [{ not: { required: ['x'] } }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }],
    if: { required: ['a'] },
  };
  expect(typeable(schema)).toEqual({
    type: 'object',
    properties: {
      reference: { type: 'string' },
      mode: { type: 'string', oneOf: [{ const: 'a' }, { const: 'b' }] },
    },
  });
});

test('typeable keeps every property, whatever its name', () => {
  const properties = { if: {}, not: {}, allOf: { required: ['a'] }, properties: { else: {} } };
  const schema = { properties: { ...properties, inner: { properties: { else: { not: {} } } } } };
  expect(typeable(schema)).toEqual({
    properties: {
      if: {},
      not: {},
      allOf: { required: ['a'] },
      properties: {},
      inner: { properties: { else: {} } },
    },
  });
});
