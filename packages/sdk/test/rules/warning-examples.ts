import { fromVoice, segment, withSegments } from './example-tasks.js';

/** Rule, path, what is done, and what is done instead without a warning. */
export const warnings: [rule: string, path: string, task: unknown, harmless: unknown][] = [
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
];
