import type { BoundingBox, VideoInferenceTask } from '@sync3/generated';
import { taskConstants } from '@sync3/generated/constants';

const base = {
  ...taskConstants,
  taskUUID: '7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f10',
};
const video = 'https://example.com/talk.mp4';
const audio = 'https://example.com/line.wav';
const fromVoice = { ...base, inputs: { video, audio } };
const fromText = { ...base, inputs: { video }, speech: { text: 'Hello, world.', voice: 'auto' } };

// Whole seconds: stock Ajv computes `multipleOf: 0.01` in binary and refuses 0.07.
const segments = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    startTime: index * 2,
    endTime: index * 2 + 1,
    audio,
  }));
const fromSegments = <Segment>(list: Segment[]) => ({
  ...base,
  inputs: { video },
  settings: { segments: list },
});
const pointing = <Detection>(activeSpeakerDetection: Detection) => ({
  ...fromVoice,
  settings: { syncMode: 'remap' as const, activeSpeakerDetection },
});
const boxes = Array.from({ length: 250 }, (_, index): BoundingBox => [index, 40, index + 64, 104]);

/** Tasks as most are. */
export const short = {
  valid: [
    fromVoice,
    { ...fromVoice, numberResults: 2, includeCost: true, outputFormat: 'MP4', outputQuality: 90 },
    { ...fromText, settings: { syncMode: 'bounce', tts: { stability: 0.5 } } },
    fromSegments(segments(3)),
    pointing({ coordinates: [320, 180], frameNumber: 0 }),
  ] satisfies VideoInferenceTask[],
  /** One thing is wrong in each. */
  invalid: [
    { ...fromVoice, inputs: { video: 'talk.mp4', audio } },
    { ...fromVoice, numberResults: 21 },
    { ...fromText, settings: { syncMode: 'loop' } },
    { ...fromSegments(segments(3)), speech: { text: 'Hello, world.', voice: 'auto' } },
    pointing({ coordinates: [320, 180] }),
  ],
};

/** Tasks with long lists: 100 segments, 250 boxes. */
export const long = {
  valid: [
    fromSegments(segments(100)),
    pointing({ boundingBoxes: boxes }),
  ] satisfies VideoInferenceTask[],
  /** The last element is wrong. */
  invalid: [
    fromSegments([...segments(99), { startTime: -1, endTime: 1, audio }]),
    pointing({ boundingBoxes: [...boxes.slice(1), [0, 0, 64]] }),
  ],
};
