import { model } from '@sync3/generated/constants';

const taskUUID = '6f1c3c5e-6a3b-4c0e-9d0a-0d6c5c1b7a11';
/** Nothing listens there, so a task that is accepted comes to its end at once. */
const nowhere = 'http://127.0.0.1:9';
const common = {
  taskType: 'videoInference',
  taskUUID,
  model,
  deliveryMethod: 'async',
  outputType: 'URL',
  outputFormat: 'WEBM',
  outputQuality: 80,
  numberResults: 2,
  includeCost: true,
  ttl: 60,
  safety: { checkContent: true, mode: 'fast' },
};

/** Bodies that use every part of every task, to be spoilt. */
export const validBodies: readonly Record<string, unknown>[][] = [
  [
    {
      ...common,
      inputs: { video: `${nowhere}/v.mp4`, audio: `${nowhere}/a.wav` },
      settings: {
        syncMode: 'bounce',
        activeSpeakerDetection: { autoDetect: false, coordinates: [10, 20], frameNumber: 3 },
      },
    },
  ],
  [
    {
      ...common,
      inputs: { video: taskUUID },
      settings: {
        segments: [
          { startTime: 0.5, endTime: 1.25, audio: taskUUID, audioStartTime: 0, audioEndTime: 1 },
          { startTime: 2, endTime: 3, audio: `${nowhere}/a.wav` },
        ],
        activeSpeakerDetection: { boundingBoxes: [[1, 2, 3, 4]] },
      },
    },
  ],
  [
    {
      ...common,
      inputs: { video: taskUUID },
      speech: { text: 'Good morning.', voice: 'auto' },
      settings: { tts: { stability: 0.5, similarityBoost: 0.75 } },
    },
  ],
  [
    { taskType: 'authentication', apiKey: 'key' },
    { taskType: 'getResponse', taskUUID },
    { taskType: 'getTaskDetails', taskUUID },
  ],
  [{ taskType: 'mediaStorage', taskUUID, operation: 'upload', media: 'UklGRg==' }],
  [{ taskType: 'mediaStorage', taskUUID, operation: 'delete', media: taskUUID }],
];
