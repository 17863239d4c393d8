import { expect, test } from 'vitest';
import { behaviourToDecide, decisionsAbout } from '../../src/people/decisions.ts';
import { type Part, properties } from '../diff/document-parts.ts';
import { frozenDocument } from '../frozen/frozen-document.ts';

const before = frozenDocument();

function after(change: (document: Part) => void) {
  const document = frozenDocument();
  change(document);
  return document;
}

const list = { get: { operationId: 'list_jobs', responses: { '200': { description: 'Jobs' } } } };

test('another operation is a decision, with its address and the file', () => {
  const current = after((document) => {
    document.paths['/jobs'] = list;
  });
  expect(decisionsAbout(before, current)).toEqual([
    {
      pointer: '#/paths/~1jobs/get',
      text:
        'The document has another operation, "list_jobs" (GET "/jobs"). Its types are generated, ' +
        'and nothing calls it: decide whether the client should.',
      file: 'packages/sdk/src/client.ts',
    },
  ]);
});

test('another name or path of the operation is no decision', () => {
  const current = after((document) => {
    document.paths['/v1'] = document.paths['/'];
    delete document.paths['/'];
    document.paths['/v1'].post.operationId = 'run_sync_lipsync_3';
  });
  expect(decisionsAbout(before, current)).toEqual([]);
});

test('another task type is a decision', () => {
  const current = after((document) => {
    properties(document).taskType.const = 'lipSync';
  });
  expect(decisionsAbout(before, current)).toMatchObject([
    { text: expect.stringContaining('"taskType" is "lipSync" now (before: "videoInference").') },
  ]);
});

test.each([
  ['outputType', (task: Part) => task.outputType.enum.push('base64Data'), 'base64Data'],
  ['deliveryMethod', (task: Part) => task.deliveryMethod.oneOf.push({ const: 'sync' }), 'sync'],
])('another choice of %s is taken, and a person is told', (name, change, choice) => {
  const current = after((document) => change(properties(document)));
  expect(decisionsAbout(before, current)).toEqual([]);
  expect(behaviourToDecide(before, current)).toEqual([
    {
      pointer: `#/components/schemas/VideoInferenceTask/properties/${name}`,
      text: expect.stringContaining(`"${name}" can be "${choice}" now.`),
      file: expect.stringMatching(/^packages\/sdk\/src\/lipsync\/[\w-]+\.ts$/),
    },
  ]);
});

test('other choices ask for nothing', () => {
  const current = after((document) => {
    properties(document).outputFormat.enum.push('GIF');
  });
  expect(behaviourToDecide(before, current)).toEqual([]);
});
