import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { job, start } from './start.js';

describe('a broken rule is one error in Runware’s shape:', () => {
  const audio = 'https://example.com/a.wav';
  const segment = { startTime: 0, endTime: 1, audio };
  test.each([
    [
      'no audio source',
      { inputs: { video: 'https://example.com/v.mp4' } },
      'missingParameter',
      ['inputs.audio', 'speech', 'settings.segments'],
    ],
    [
      'two audio sources',
      { speech: { text: 'x', voice: 'auto' } },
      'conflictParameters',
      ['inputs.audio', 'speech'],
    ],
    ['no video', { inputs: { audio } }, 'missingParameter', 'inputs.video'],
    ['a local path', { inputs: { video: './v.mp4', audio } }, 'invalidParameter', 'inputs.video'],
    ['tts without speech', { settings: { tts: {} } }, 'missingParameter', 'speech'],
    [
      'syncMode sideways',
      { settings: { syncMode: 'sideways' } },
      'invalidParameter',
      'settings.syncMode',
    ],
    ['outputType FILE', { outputType: 'FILE' }, 'invalidParameter', 'outputType'],
    ['an unknown property', { colour: 1 }, 'unknownParameter', 'colour'],
    [
      'coordinates without a frame number',
      { settings: { activeSpeakerDetection: { coordinates: [1, 2] } } },
      'missingParameter',
      'settings.activeSpeakerDetection.frameNumber',
    ],
    [
      'half a hundredth of a second',
      {
        inputs: { video: 'https://example.com/v.mp4' },
        settings: { segments: [{ ...segment, endTime: 1.005 }] },
      },
      'invalidParameter',
      'settings.segments.0.endTime',
    ],
    ['a wrong UUID', { taskUUID: 'x' }, 'invalidParameter', 'taskUUID'],
  ])('%s', async (_, wrong, code, parameter) => {
    const { mock, post } = await start();
    const { status, body } = await post([job(wrong)]);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ code, parameter, taskType: 'videoInference' }]);
    expect(body.errors[0].message).toMatch(/^[A-Z'].*\.$/);
    expect(mock.stats).toMatchObject({ charged: 0, violations: 0 });
  });

  test('a local path says what is taken', async () => {
    const { post } = await start();
    const { body } = await post([job({ inputs: { video: './v.mp4', audio } })]);
    expect(body.errors).toMatchObject([
      { message: "'inputs.video' must be a URL, or the UUID of stored media." },
    ]);
  });

  test('boxes together with coordinates', async () => {
    const { post } = await start();
    const speaker = { boundingBoxes: [[1, 2, 3, 4]], coordinates: [1, 2], frameNumber: 0 };
    const { body } = await post([job({ settings: { activeSpeakerDetection: speaker } })]);
    expect(body.errors).toMatchObject([
      {
        code: 'conflictParameters',
        parameter: [
          'settings.activeSpeakerDetection.boundingBoxes',
          'settings.activeSpeakerDetection.coordinates',
        ],
      },
    ]);
  });

  test('an unknown task type', async () => {
    const { post } = await start();
    const { status, body } = await post([{ taskType: 'imageInference', taskUUID: randomUUID() }]);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ code: 'invalidParameter', parameter: 'taskType' }]);
  });
});

describe('an error is a sentence:', () => {
  const audio = 'https://example.com/a.wav';
  test.each([
    [{ outputQuality: 5 }, "'outputQuality' must be at least 20."],
    [{ outputQuality: 99.5 }, "'outputQuality' must be an integer."],
    [{ numberResults: 21 }, "'numberResults' must be at most 20."],
    [{ includeCost: 'yes' }, "'includeCost' must be a boolean."],
    [{ taskUUID: 'mine' }, "'taskUUID' must be a UUID."],
    [{ webhookURL: '/hook' }, "'webhookURL' must be a URL."],
    [{ inputs: { audio } }, "'inputs.video' is missing."],
    [
      { settings: { activeSpeakerDetection: { frameNumber: 1 } } },
      "'settings.activeSpeakerDetection.coordinates' is missing: 'frameNumber' only goes together with it.",
    ],
    [
      { settings: { segments: [] }, inputs: { video: 'https://example.com/v.mp4' } },
      "'settings.segments' must not be empty.",
    ],
  ])('%j', async (wrong, message) => {
    const { post } = await start();
    expect((await post([job(wrong)])).body.errors).toMatchObject([{ message }]);
  });
});
