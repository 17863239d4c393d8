import { expect, test } from 'vitest';
import { readConstants } from '../../src/constants/read-constants.ts';
import { SpecError } from '../../src/spec-error.ts';
import { taskDocument } from '../parameters/task-document.ts';

const clip = { type: 'string', anyOf: [{ format: 'uuid' }, { format: 'uri' }] };

const task = {
  taskType: { const: 'invented' },
  model: { type: 'string', const: 'sync:3@0' },
  deliveryMethod: { oneOf: [{ const: 'sync' }, { const: 'async' }], default: 'sync' },
  hook: { type: 'string', format: 'uri' },
  list: { type: 'array', items: { type: 'object', properties: { at: { default: 0 }, clip } } },
};

test('constants, defaults at any depth and the address', () => {
  expect(readConstants(taskDocument(task))).toEqual({
    baseUrl: 'https://api.example.com/v9',
    taskType: 'invented',
    model: 'sync:3@0',
    deliveryMethod: 'async',
    askForCost: {},
    mediaPaths: [['list', '[]', 'clip']],
    urlPaths: [['hook']],
    defaults: { deliveryMethod: 'sync', 'list[].at': 0 },
  });
});

test('of several models the first is sent', () => {
  const model = { enum: ['old', 'new'] };
  expect(readConstants(taskDocument({ ...task, model })).model).toBe('old');
});

test('the cost is asked for where the document has a parameter for it', () => {
  const includeCost = { type: 'boolean' };
  const { askForCost } = readConstants(taskDocument({ ...task, includeCost }));
  expect(askForCost).toEqual({ includeCost: true });
});

test.each<[what: string, schema: object, list: 'mediaPaths' | 'urlPaths']>([
  ['a URL', { type: 'string', format: 'uri' }, 'urlPaths'],
  ['a URL of limited length', { type: 'string', format: 'uri', maxLength: 100 }, 'urlPaths'],
  ['a URL or null', { type: ['string', 'null'], format: 'uri' }, 'urlPaths'],
  ['a medium', clip, 'mediaPaths'],
  ['a medium or null', { ...clip, type: ['string', 'null'] }, 'mediaPaths'],
])('%s is found as a property and in a list', (_, schema, list) => {
  const settings = { properties: { extra: schema, extras: { type: 'array', items: schema } } };
  const found = readConstants(taskDocument({ ...task, settings }));
  expect(found[list]).toEqual(
    expect.arrayContaining([
      ['settings', 'extra'],
      ['settings', 'extras', '[]'],
    ]),
  );
});

test('no deliveryMethod is sent that the document does not have', () => {
  const { deliveryMethod, ...others } = task;
  expect(readConstants(taskDocument(others)).deliveryMethod).toBeUndefined();
});

test.each([
  ['https://api.example.com', '/v1', 'https://api.example.com/v1'],
  ['https://api.example.com/v1', '/', 'https://api.example.com/v1'],
  ['https://api.example.com/', '/v1/', 'https://api.example.com/v1'],
])('server %s and path %s', (url, path, baseUrl) => {
  const document = { ...taskDocument(task), servers: [{ url }, { url: 'https://b.example.com' }] };
  expect(readConstants({ ...document, paths: { [path]: {} } }).baseUrl).toBe(baseUrl);
});

test.each(['/v1', 'https://{region}.example.com', 'ftp://example.com'])(
  '%s is no server',
  (url) => {
    const document = { ...taskDocument(task), servers: [{ url }] };
    expect(() => readConstants(document)).toThrow(SpecError);
  },
);

test('a task without a model is refused, by the name of what is missing', () => {
  const document = taskDocument({ ...task, model: { type: 'string' } });
  expect(() => readConstants(document)).toThrow('names no value for "model"');
});
