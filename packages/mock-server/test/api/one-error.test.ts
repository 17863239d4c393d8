import { model } from '@sync3/generated/constants';
import { parameters } from '@sync3/generated/parameters';
import { startMockServer } from '@sync3/mock-server';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { singleMutations } from './single-mutations.js';

/** What the document lists for a parameter. */
const choicesOf = (name: string) =>
  parameters.find(({ path }) => path.join('.') === name)?.choices?.map(({ value }) => value) ?? [];

const video = 'https://example.com/v.mp4';
const audio = 'https://example.com/a.wav';
const base = {
  taskType: 'videoInference',
  taskUUID: '6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11',
  model,
};

/** Valid tasks that have every parameter between them. */
const tasks = {
  'a voice': {
    ...base,
    inputs: { video, audio },
    settings: {
      syncMode: 'remap',
      activeSpeakerDetection: { autoDetect: true, boundingBoxes: [[1, 2, 3, 4]] },
    },
    safety: { checkContent: true, mode: 'fast' },
    webhookURL: 'https://example.com/hook',
    uploadEndpoint: 'https://example.com/put',
    includeCost: true,
    numberResults: 2,
    ttl: 60,
    outputType: 'URL',
    outputFormat: 'MP4',
    outputQuality: 80,
    deliveryMethod: 'async',
  },
  'a text': {
    ...base,
    inputs: { video },
    speech: { text: 'Good evening.', voice: 'auto' },
    settings: {
      tts: { provider: 'elevenlabs', stability: 0.5, similarityBoost: 1 },
      activeSpeakerDetection: { coordinates: [320, 180], frameNumber: 0 },
    },
  },
  segments: {
    ...base,
    inputs: { video },
    settings: {
      segments: [
        { startTime: 0, endTime: 1.13, audio },
        { startTime: 2, endTime: 3, audio, audioStartTime: 0.07, audioEndTime: 1.07 },
      ],
    },
  },
};

let mock: Awaited<ReturnType<typeof startMockServer>>;

beforeAll(async () => {
  mock = await startMockServer({ apiKeys: ['key'] });
});

afterAll(() => mock.close());

async function errorsFor(task: object) {
  const response = await fetch(mock.url, {
    method: 'POST',
    headers: { authorization: 'Bearer key' },
    body: JSON.stringify([task]),
  });
  const { errors } = (await response.json()) as { errors?: object[] };
  return { status: response.status, errors };
}

describe.each(Object.entries(tasks))('one fault in a task with %s is one error:', (_, task) => {
  test('without a fault there is none', async () => {
    const response = await fetch(mock.url, {
      method: 'POST',
      headers: { authorization: 'Bearer key', 'x-runware-dry-run': '1' },
      body: JSON.stringify([task]),
    });
    expect(response.status).toBe(200);
  });

  const mutations = singleMutations(task);
  test(`${mutations.length} ways`, async () => {
    for (const { name, code, parameter, task } of mutations) {
      const property = fc.asyncProperty(task, async (mutated) => {
        const { status, errors } = await errorsFor(mutated);
        expect({ name, status, errors }).toMatchObject({
          status: 400,
          errors: [{ code, parameter, message: expect.stringMatching(/^'.+'.*\.$/s) }],
        });
      });
      await fc.assert(property, { numRuns: 2 });
    }
    expect(mock.stats).toMatchObject({ charged: 0, violations: 0 });
  });
});

describe('one fault between several parameters is one error:', () => {
  const { 'a voice': voice, 'a text': text, segments } = tasks;
  const { speech } = text;
  const speaker = 'settings.activeSpeakerDetection';
  const withSpeaker = (activeSpeakerDetection: object) => ({
    ...voice,
    settings: { activeSpeakerDetection },
  });

  test.each<[string, object, string, string | string[]]>([
    [
      'no voice at all',
      { ...segments, settings: {} },
      'missingParameter',
      ['inputs.audio', 'speech', 'settings.segments'],
    ],
    ['a voice and a text', { ...voice, speech }, 'conflictParameters', ['inputs.audio', 'speech']],
    [
      'a text and segments',
      { ...segments, speech },
      'conflictParameters',
      ['speech', 'settings.segments'],
    ],
    [
      'all three',
      { ...segments, speech, inputs: voice.inputs },
      'conflictParameters',
      ['inputs.audio', 'speech', 'settings.segments'],
    ],
    ['tts beside a voice', { ...voice, settings: { tts: {} } }, 'missingParameter', 'speech'],
    [
      'boxes and coordinates',
      withSpeaker({ boundingBoxes: [], coordinates: [1, 2], frameNumber: 0 }),
      'conflictParameters',
      [`${speaker}.boundingBoxes`, `${speaker}.coordinates`],
    ],
    [
      'boxes and half of the coordinates',
      withSpeaker({ boundingBoxes: [], coordinates: [1, 2] }),
      'conflictParameters',
      [`${speaker}.boundingBoxes`, `${speaker}.coordinates`],
    ],
    [
      'coordinates without a frame',
      withSpeaker({ coordinates: [1, 2] }),
      'missingParameter',
      `${speaker}.frameNumber`,
    ],
    [
      'a frame without coordinates',
      withSpeaker({ frameNumber: 3 }),
      'missingParameter',
      `${speaker}.coordinates`,
    ],
    [
      'the start of a range without its end',
      {
        ...segments,
        settings: { segments: [{ startTime: 0, endTime: 1, audio, audioStartTime: 0 }] },
      },
      'missingParameter',
      'settings.segments.0.audioEndTime',
    ],
  ])('%s', async (_, task, code, parameter) => {
    expect(await errorsFor(task)).toMatchObject({ status: 400, errors: [{ code, parameter }] });
  });
});

test.each([
  [
    'an enum',
    { outputFormat: 'sideways' },
    `'outputFormat' must be one of ${choicesOf('outputFormat').join(', ')}.`,
    choicesOf('outputFormat'),
  ],
  [
    'constants',
    { settings: { syncMode: 'sideways' } },
    `'settings.syncMode' must be one of ${choicesOf('settings.syncMode').join(', ')}.`,
    choicesOf('settings.syncMode'),
  ],
  ['one constant', { model: 'sync:other' }, `'model' must be ${model}.`, [model]],
])('the error about %s lists what is allowed', async (_, wrong, message, allowedValues) => {
  const { errors } = await errorsFor({ ...tasks['a voice'], ...wrong });
  expect(errors).toMatchObject([{ message, allowedValues }]);
});

test('the error about a task type lists those that there are', async () => {
  const { errors } = await errorsFor({ ...base, taskType: 'imageInference' });
  expect(errors).toMatchObject([
    {
      parameter: 'taskType',
      allowedValues: [
        'videoInference',
        'getResponse',
        'getTaskDetails',
        'mediaStorage',
        'imageUpload',
        'ping',
        'accountManagement',
        'authentication',
      ],
    },
  ]);
});
