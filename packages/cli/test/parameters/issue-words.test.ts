import type { Issue } from '@sync3/sdk';
import { expect, test } from 'vitest';
import { inOptionWords } from '../../src/parameters/issue-words.ts';
import { formOf, requestForm } from '../../src/request/request-options.ts';
import { invented } from './invented.ts';

/** The sentence of the SDK, which must decide nothing. */
const message = 'The SDK says something else.';

function said(rule: string, path: string, form = formOf(invented)): string {
  const issue: Issue = { rule, path, message, severity: 'error', origin: 'schema' };
  return inOptionWords(issue, form).message;
}

test.each([
  ['seed.maximum', '/seed', '--seed must be a whole number from 0 to 4294967295.'],
  ['settings.mood.oneOf', '/settings/mood', '--mood must be calm or lively.'],
  ['settings.loop.type', '/settings/loop', '--loop must be true or false.'],
  ['settings.seed.type', '/settings/seed', '--settings-seed must be a whole number, or null.'],
  ['inputs.image.anyOf', '/inputs/image', '--image must be a file, a URL or a UUID.'],
  ['inputs.image.required', '/inputs/image', '--image is missing.'],
  ['inputs.required', '/inputs', '--image is missing.'],
  ['settings.type', '/settings', '--set settings must be an object.'],
  [
    'settings.region.points.minItems',
    '/settings/region/points',
    '--set settings.region.points must be a list of at least 1 element.',
  ],
  [
    'settings.scenes[].startTime.minimum',
    '/settings/scenes/3/startTime',
    '--scenes: 3.startTime must be a number from 0.',
  ],
  ['settings.loop.dependentRequired', '/settings/mood', '--mood is missing; --loop needs it.'],
  [
    'settings.additionalProperties',
    '/settings/tempertaure',
    'There is no parameter settings.tempertaure; did you mean settings.temperature?',
  ],
  ['additionalProperties', '/nothing~1like~0it', 'There is no parameter nothing/like~it.'],
])('%s at %s: %s', (rule, path, sentence) => {
  expect(said(rule, path)).toBe(sentence);
});

test('a rule that the command does not know is told in the words of the SDK, after the option', () => {
  expect(said('seed.unheard', '/seed')).toBe(`--seed: ${message}`);
  expect(said('settings.mood-needs-loop', '/settings/mood')).toBe(`--mood: ${message}`);
  expect(said('unheard-of', '')).toBe(`The request: ${message}`);
});

test('rules about several values name options, and no place in the request', () => {
  for (const [rule, path, ...names] of [
    ['one-audio-source', '', '--audio', '--text', '--segments'],
    ['tts-needs-speech', '/speech', '--text'],
    ['boxes-or-coordinates', '/settings/activeSpeakerDetection'],
    ['end-after-start', '/settings/segments/1/endTime', '--segments: 1.endTime'],
    ['segments-overlap', '/settings/segments/1', '--segments: 1'],
    ['safety-incomplete', '/safety', '--safety'],
    ['upload-endpoint-overwritten', '/uploadEndpoint', '--upload-endpoint', '--number-results'],
    ['unreachable-url', '/webhookURL', '--webhook-url'],
  ] as const) {
    const sentence = said(rule, path, requestForm);
    expect(sentence).not.toContain(message);
    for (const name of names) expect(sentence).toContain(name);
  }
});
