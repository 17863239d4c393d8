import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { compose } from '../src/compose.ts';
import { locations } from '../src/locations.ts';
import { frozenDocument } from './frozen/frozen-document.ts';

interface Content {
  schema: object;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}
interface Body {
  content: { 'application/json': Content };
}
interface Document {
  jsonSchemaDialect: string;
  servers: { url: string }[];
  components: { schemas: Record<string, object> };
  paths: Record<string, { post: { requestBody: Body; responses: Record<string, Body> } }>;
}

const document: Document = JSON.parse(await readFile(locations.composed, 'utf8'));
const frozen = (await compose(frozenDocument(), locations.overlays)) as unknown as Document;
const path = Object.keys(document.paths)[0] ?? '';
const post = document.paths[path]?.post;
if (!post) throw new Error('The document has no operation.');

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: 'composed', ...document });
ajv.addSchema({ $id: 'frozen', ...frozen });
ajv.addSchema({ $id: 'upstream', ...frozenDocument() });

/** Prism accepts every message when a schema does not compile, and says nothing. */
test.each(Object.keys(document.components.schemas))('the schema %s compiles', (name) => {
  expect(() => ajv.compile({ $ref: `composed#/components/schemas/${name}` })).not.toThrow();
});

test('the document names the dialect in which dependentRequired exists', () => {
  expect(document.jsonSchemaDialect).toBe('https://json-schema.org/draft/2020-12/schema');
});

test('no row is left without a structure', () => {
  expect(JSON.stringify(document)).not.toContain('Unknown response structure');
});

describe('every body has an example that keeps to its schema:', () => {
  const bodies: [string, string, Content][] = [
    ['request', '/post/requestBody', post.requestBody.content['application/json']],
    ...Object.entries(post.responses).map(([status, { content }]): [string, string, Content] => [
      status,
      `/post/responses/${status}`,
      content['application/json'],
    ]),
  ];
  test.each(bodies)('%s', (_, place, { example, examples = {} }) => {
    const values = [...(example ? [example] : []), ...Object.values(examples).map((e) => e.value)];
    expect(values.length).toBeGreaterThan(0);
    const $ref = `composed#/paths/${path.replaceAll('/', '~1')}${place}/content/application~1json/schema`;
    const validate = ajv.compile({ $ref });
    for (const value of values) expect([validate(value), validate.errors]).toEqual([true, null]);
  });
});

describe('a lip-sync task means what upstream says:', () => {
  const composed = ajv.compile({ $ref: 'frozen#/components/schemas/VideoInferenceTask' });
  const original = ajv.compile({ $ref: 'upstream#/components/schemas/RequestBody/items' });
  const task = {
    taskType: 'videoInference',
    taskUUID: '6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11',
    model: 'sync:lipsync@3',
    inputs: { video: 'https://example.com/v.mp4' },
  };
  const audio = 'https://example.com/a.wav';
  const segment = { startTime: 0, endTime: 1, audio };
  test.each([
    [true, { inputs: { ...task.inputs, audio } }],
    [true, { speech: { text: 'x', voice: 'auto' }, settings: { tts: { stability: 1 } } }],
    [true, { settings: { segments: [segment], syncMode: 'remap' } }],
    [false, {}],
    [false, { inputs: { ...task.inputs, audio }, settings: { segments: [segment] } }],
    [false, { inputs: { ...task.inputs, audio }, settings: { tts: {} } }],
    [false, { inputs: { video: './v.mp4', audio } }],
    [false, { settings: { segments: [{ ...segment, audioStartTime: 0 }] } }],
    [false, { inputs: { ...task.inputs, audio }, settings: { syncMode: 'loop' } }],
    [false, { inputs: { ...task.inputs, audio }, unknown: 1 }],
  ])('%s for %j', (expected, change) => {
    const changed = { ...task, ...change };
    expect(original(changed)).toBe(expected);
    expect(composed(changed)).toBe(expected);
  });
});

describe('what other tools make of the document:', () => {
  const { schemas } = document.components;

  test('server and path together are the URL of the API, without a slash at its end', () => {
    const [server] = frozen.servers;
    expect(Object.keys(frozen.paths).map((path) => `${server?.url}${path}`)).toEqual([
      'https://api.runware.ai/v1',
    ]);
  });

  test.each(Object.entries(schemas))(
    '%s has no combined schemas beside its properties',
    (...[, schema]) => {
      const combined = ['allOf', 'anyOf', 'oneOf'].filter((keyword) => keyword in schema);
      expect('properties' in schema ? combined : []).toEqual([]);
    },
  );

  test('every array says what its items are', () => {
    const arrays: object[] = [];
    const collect = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('type' in node && node.type === 'array') arrays.push(node);
      Object.values(node).forEach(collect);
    };
    collect(schemas);
    expect(arrays.length).toBeGreaterThan(0);
    expect(arrays.filter((array) => !('items' in array))).toEqual([]);
  });
});
