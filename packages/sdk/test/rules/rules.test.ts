import { parameters } from '@sync3/generated/parameters';
import { describe, expect, test } from 'vitest';
import { type Issue, validateTask } from '../../src/index.js';
import {
  audio,
  base,
  fromSegments,
  fromText,
  fromVoice,
  second,
  segment,
  speech,
  video,
  withSegment,
  withSegments,
  withSettings,
  withSpeaker,
  withTts,
} from './example-tasks.js';
import { warnings } from './warning-examples.js';

describe('a rule of the schema', () => {
  test('endTime of 0 is refused by the bound, and for not being after startTime', () => {
    expect(validateTask(withSegments({ ...segment, endTime: 0 }))).toEqual([
      expect.objectContaining({
        rule: 'settings.segments[].endTime.exclusiveMinimum',
        path: '/settings/segments/0/endTime',
        severity: 'error',
        origin: 'schema',
      }),
      expect.objectContaining({ rule: 'end-after-start' }),
    ]);
  });
});

describe('the audio source', () => {
  const two = (...names: string[]) => names.join(' and ');
  const segments = { segments: [segment] };
  test.each([
    ['none', { ...base, inputs: { video } }, 'none'],
    ['none beside empty settings', { ...base, inputs: { video }, settings: {} }, 'none'],
    ['a voice and a text', { ...fromVoice, speech }, two('inputs.audio', 'speech')],
    ['a voice and segments', withSettings(segments), two('inputs.audio', 'settings.segments')],
    [
      'a text and segments',
      { ...fromText, settings: segments },
      two('speech', 'settings.segments'),
    ],
    [
      'all three',
      { ...fromVoice, speech, settings: segments },
      two('inputs.audio', 'speech', 'settings.segments'),
    ],
  ])('is exactly one, not %s', (_, task, reason) => {
    expect(validateTask(task)).toEqual([
      {
        rule: 'one-audio-source',
        path: '',
        message: `Give exactly one of inputs.audio, speech, settings.segments, not ${reason}.`,
        severity: 'error',
        origin: 'schema',
      },
    ]);
  });

  test('is missing as well when tts stands without speech', () => {
    const task = { ...base, inputs: { video }, settings: { tts: {} } };
    const found = validateTask(task).map(({ rule, path }) => [rule, path]);
    expect(found).toEqual([
      ['one-audio-source', ''],
      ['tts-needs-speech', '/speech'],
    ]);
  });

  test.each([
    ['a voice', fromVoice],
    ['a text', fromText],
    ['segments', fromSegments],
  ])('may be %s', (_, task) => {
    expect(validateTask(task)).toEqual([]);
  });
});

describe('the message', () => {
  const messageOf = (task: unknown) => validateTask(task).map(({ message }) => message);

  test('for syncMode "loop" names the four modes that exist', () => {
    const [message] = messageOf(withSettings({ syncMode: 'loop' }));
    for (const mode of ['bounce', 'cut_off', 'silence', 'remap']) expect(message).toContain(mode);
    expect(message).not.toContain('loop');
  });

  test('for outputType "FILE" names the one that exists', () => {
    expect(messageOf({ ...fromVoice, outputType: 'FILE' })).toEqual(['outputType must be URL.']);
  });

  test('for an unknown property names the known ones', () => {
    const [message] = messageOf({ ...fromVoice, inputs: { video, audio, level: 1 } });
    expect(message).toBe('inputs.level is not one of video, audio.');
  });

  test.each(['./talk.mp4', 'talk.mp4', '/home/me/talk.mp4', 'C:\\talk.mp4', 'C:/talk.mp4'])(
    'for the local path %s says what is taken, and how a file is given',
    (path) => {
      const [message, ...more] = messageOf({ ...base, inputs: { video: path, audio } });
      for (const part of ['inputs.video', 'URL', 'file(path)', '@sync3/sdk/node'])
        expect(message).toContain(part);
      expect(message).not.toContain('talk.mp4');
      expect(more).toEqual([]);
    },
  );

  test('for a voice that is a local path says so at its place', () => {
    const [message] = messageOf(withSegment({ audio: 'line.wav' }));
    expect(message).toMatch(/^settings\.segments\.1\.audio must be a URL or a mediaUUID/);
    expect(message).toContain('file(path)');
  });

  test('for an overlap names both segments', () => {
    const [message] = messageOf(withSegment({ startTime: 1, endTime: 3 }));
    expect(message).toContain('settings.segments.1 overlaps settings.segments.0');
  });

  test('for a segment that ends too soon names the segment', () => {
    expect(messageOf(withSegment({ startTime: 3 }))).toEqual([
      'settings.segments.1.endTime must be after startTime.',
    ]);
  });

  test('for results at one uploadEndpoint names both properties', () => {
    const uploadEndpoint = 'https://example.com/put';
    const [message] = messageOf({ ...fromVoice, uploadEndpoint, numberResults: 2 });
    for (const name of ['uploadEndpoint', 'numberResults']) expect(message).toContain(name);
  });

  test('for half a pair names the other half', () => {
    const [message] = messageOf(withSegment({ audioStartTime: 2 }));
    expect(message).toContain('audioEndTime is missing; audioStartTime needs it');
  });
});

describe('times in hundredths of a second', () => {
  test.each([0, -0, 0.07, 1.13, 4.35, 8.2, 99999999.99, 1e21, 1.5e300])('%d is one', (time) => {
    expect(
      validateTask(withSegments({ ...segment, startTime: time, endTime: Number.MAX_VALUE })),
    ).toEqual([]);
  });

  test.each([0.075, 0.1 + 0.2, 1.005, 1e-7, 99999999.995, 5e-324])('%d is none', (time) => {
    const task = withSegments({ ...segment, startTime: time, endTime: 1e21 });
    expect(validateTask(task).map(({ rule }) => rule)).toEqual([
      'settings.segments[].startTime.multipleOf',
    ]);
  });
});

describe('a bound', () => {
  const bounds = parameters
    .filter(({ path, type }) => path.length === 1 && type === 'integer')
    .map(({ path: [name = ''], minimum = -1e21, maximum = 1e21 }) => ({ name, minimum, maximum }));

  test.each(bounds)('of $name is legal itself', ({ name, ...bound }) => {
    const values = Object.values(bound);
    for (const value of values) expect(validateTask({ ...fromVoice, [name]: value })).toEqual([]);
  });

  test('of tts, frameNumber and the segment times is legal itself', () => {
    for (const share of [0, -0, 1]) {
      expect(validateTask(withTts({ stability: share, similarityBoost: share }))).toEqual([]);
    }
    expect(validateTask(withSpeaker({ coordinates: [-1, 0.5], frameNumber: 0 }))).toEqual([]);
    const shortest = { ...segment, endTime: 0.01, audioStartTime: 0, audioEndTime: 0.01 };
    expect(validateTask(withSegments(shortest))).toEqual([]);
  });
});

describe('lengths in code points', () => {
  test.each(['a', '😀', '\ud800', '\0'])('5000 times %j is a legal text', (character) => {
    const task = { ...fromText, speech: { ...speech, text: character.repeat(5000) } };
    expect(validateTask(task)).toEqual([]);
  });
});

describe('a property of another object', () => {
  test.each(['constructor', 'toString', '__proto__', ''])('%j is unknown', (name) => {
    const task = JSON.parse(`{"${name}":1,${JSON.stringify(fromVoice).slice(1)}`);
    expect(validateTask(task)).toEqual([
      expect.objectContaining({ rule: 'additionalProperties', path: `/${name}` }),
    ]);
  });

  test('counts as absent when its value is undefined, as JSON leaves it out', () => {
    expect(validateTask({ ...fromVoice, speech: undefined, seed: undefined })).toEqual([]);
  });
});

describe('what only the prose says', () => {
  test.each([1.5, 1.51, 3])('a segment that ends at 1.5 s cannot start at %d s', (startTime) => {
    expect(validateTask(withSegment({ startTime }))[0]).toEqual({
      rule: 'end-after-start',
      path: `${second}/endTime`,
      message: 'settings.segments.1.endTime must be after startTime.',
      severity: 'error',
      origin: 'docs',
    });
  });

  test('is said beside what the schema says', () => {
    const rules = validateTask({ ...withSegment({ startTime: 3 }), taskUUID: 1 }).map(
      ({ rule }) => rule,
    );
    expect(rules.toSorted()).toEqual(['end-after-start', 'taskUUID.type']);
  });
});

describe('a warning', () => {
  test.each(warnings)('%s is given at %s', (rule, path, task) => {
    const expected = {
      rule,
      path,
      severity: 'warning',
      origin: 'docs',
      message: expect.any(String),
    };
    expect(validateTask(task)).toEqual([expected]);
  });

  test.each(warnings)('%s is not given at %s without cause', (_rule, _path, _task, harmless) => {
    expect(validateTask(harmless)).toEqual([]);
  });

  test('of an overlap is given for every segment that begins before an earlier one has ended', () => {
    const task = withSegments(
      { ...segment, endTime: 9 },
      { ...segment, startTime: 1, endTime: 2 },
      { ...segment, startTime: 3, endTime: 4 },
    );
    expect(validateTask(task).map(({ path }) => path)).toEqual([
      '/settings/segments/1',
      '/settings/segments/2',
    ]);
  });

  test('waits until the schema accepts the task', () => {
    const legal = { ...fromVoice, inputs: { video, audio: 'http://localhost/line.wav' } };
    const rules = (task: unknown): string[] => validateTask(task).map(({ rule }: Issue) => rule);
    expect(rules(legal)).toEqual(['unreachable-url']);
    expect(rules({ ...legal, taskUUID: 1 })).toEqual(['taskUUID.type']);
  });

  test('never repeats a URL of the request, for it may hold a secret', () => {
    const secret = 'http://user:hunter2@example.com/%zz?token=hunter2';
    for (const task of [
      { ...fromVoice, uploadEndpoint: secret.replace('%zz', ''), numberResults: 2 },
      { ...fromVoice, webhookURL: secret, uploadEndpoint: secret },
      { ...base, inputs: { video: secret, audio: secret } },
    ]) {
      const issues = validateTask(task);
      expect(issues).not.toEqual([]);
      expect(JSON.stringify(issues)).not.toContain('hunter2');
    }
  });
});
