import { describe, expect, test } from 'vitest';
import { findNotEmulated } from '../../src/jobs/not-emulated.js';
import { askControl } from '../control/ask.js';
import { addLoopAndTemperature, startWithDocument } from './changed-document.js';
import { job, settled, storeSample } from './start.js';

test('a setting and a choice that the document has gained are taken, rendered in the default way and shown as not emulated', async () => {
  const { mock, post } = await startWithDocument(addLoopAndTemperature);
  const inputs = await storeSample(post);
  const task = job({ inputs, settings: { syncMode: 'loop', temperature: 0.5 }, includeCost: true });
  await post([task]);
  expect((await settled(post, task.taskUUID)).body.data).toMatchObject([{ status: 'success' }]);
  const { body } = await askControl(mock.url, 'state');
  expect(body.tasks).toMatchObject([
    { request: task, notEmulated: ['/settings/syncMode', '/settings/temperature'] },
  ]);
  expect(mock.violations).toEqual([]);
});

describe('findNotEmulated', () => {
  test('finds nothing in a task of which everything is acted on', () => {
    const segments = [{ startTime: 0, endTime: 1, audio: 'https://example.com/a.wav' }];
    const more = { outputFormat: 'WEBM', safety: { checkContent: true, mode: 'fast' } };
    expect(findNotEmulated(job({ settings: { segments, syncMode: 'remap' }, ...more }))).toEqual(
      [],
    );
  });

  test('names each value that changes nothing, and a list as a whole', () => {
    const settings = {
      tts: { stability: 0.5, 'a/b~c': true },
      activeSpeakerDetection: { coordinates: [1, 2], frameNumber: 0 },
      segments: [{ startTime: 0 }, { startTime: 1, fade: null }],
      empty: {},
    };
    expect(findNotEmulated(job({ settings, outputFormat: 'GIF', seed: 7 }))).toEqual([
      '/settings/tts/stability',
      '/settings/tts/a~1b~0c',
      '/settings/activeSpeakerDetection/coordinates',
      '/settings/activeSpeakerDetection/frameNumber',
      '/settings/segments/1/fade',
      '/settings/empty',
      '/outputFormat',
      '/seed',
    ]);
  });

  test('names no more than a hundred', () => {
    const more = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, 1]));
    expect(findNotEmulated(more)).toHaveLength(100);
  });
});
