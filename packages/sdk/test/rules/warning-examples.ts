import { audio, fromVoice, segment, video, withSegments } from './example-tasks.js';
import { isInDocument } from './in-document.js';

const examples: [rule: string, path: string, task: unknown, harmless: unknown][] = [
  [
    'segments-overlap',
    '/settings/segments/1',
    withSegments(segment, { ...segment, startTime: 1.49, endTime: 3 }),
    withSegments(segment, { ...segment, startTime: 1.5, endTime: 3 }),
  ],
  [
    'segments-overlap',
    '/settings/segments/1',
    withSegments({ ...segment, startTime: 1, endTime: 3 }, segment),
    withSegments({ ...segment, startTime: 2, endTime: 3 }, segment),
  ],
  [
    'segments-overlap',
    '/settings/segments/2',
    withSegments(
      { ...segment, endTime: 9 },
      { ...segment, startTime: 9, endTime: 12 },
      { ...segment, startTime: 11, endTime: 13 },
    ),
    withSegments(
      { ...segment, endTime: 9 },
      { ...segment, startTime: 9, endTime: 12 },
      { ...segment, startTime: 12, endTime: 13 },
    ),
  ],
  [
    'safety-incomplete',
    '/safety',
    { ...fromVoice, safety: { mode: 'full' } },
    { ...fromVoice, safety: { mode: 'none' } },
  ],
  [
    'safety-incomplete',
    '/safety',
    { ...fromVoice, safety: { mode: 'fast', checkContent: false } },
    { ...fromVoice, safety: { mode: 'fast', checkContent: true } },
  ],
  [
    'safety-incomplete',
    '/safety',
    { ...fromVoice, safety: { checkContent: true } },
    { ...fromVoice, safety: { checkContent: false } },
  ],
  [
    'upload-endpoint-overwritten',
    '/uploadEndpoint',
    { ...fromVoice, uploadEndpoint: 'https://example.com/put', numberResults: 2 },
    { ...fromVoice, uploadEndpoint: 'https://example.com/put', numberResults: 1 },
  ],
  [
    'unreachable-url',
    '/inputs/video',
    { ...fromVoice, inputs: { video: 'file:///home/me/talk.mp4', audio } },
    { ...fromVoice, inputs: { video: 'data:video/mp4;base64,AAAA', audio } },
  ],
  [
    'unreachable-url',
    '/inputs/audio',
    { ...fromVoice, inputs: { video, audio: 'http://192.168.1.5/line.wav' } },
    { ...fromVoice, inputs: { video, audio: 'http://193.168.1.5/line.wav' } },
  ],
  [
    'unreachable-url',
    '/settings/segments/1/audio',
    withSegments(segment, { ...segment, startTime: 2, endTime: 3, audio: 'blob:null/1' }),
    withSegments(segment, { ...segment, startTime: 2, endTime: 3, audio: fromVoice.taskUUID }),
  ],
  [
    'unreachable-url',
    '/webhookURL',
    { ...fromVoice, webhookURL: 'http://localhost:3000/hook' },
    { ...fromVoice, webhookURL: 'http://hooks.example:3000/localhost' },
  ],
  [
    'unreachable-url',
    '/uploadEndpoint',
    { ...fromVoice, uploadEndpoint: 'https://bucket.example:0/put' },
    { ...fromVoice, uploadEndpoint: 'https://bucket.example:443/put' },
  ],
];

/** Rule, path, what is done, and what is done instead without a warning. */
export const warnings = examples.filter(
  ([, , task, harmless]) => isInDocument(task) && isInDocument(harmless),
);
