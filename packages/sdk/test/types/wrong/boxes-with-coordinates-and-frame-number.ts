// expect: give boundingBoxes, or coordinates with frameNumber, not both
// expect: give boundingBoxes, or coordinates with frameNumber, not both
import type { LipsyncParams } from '../../../src/index.js';

export const params: LipsyncParams = {
  inputs: { video: 'https://example.com/talk.mp4', audio: 'https://example.com/line.wav' },
  settings: {
    activeSpeakerDetection: {
      boundingBoxes: [[0, 0, 64, 64]],
      coordinates: [320, 180],
      frameNumber: 0,
    },
  },
};
