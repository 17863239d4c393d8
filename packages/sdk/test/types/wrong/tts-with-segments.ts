// expect: settings.tts needs speech
import type { LipsyncParams } from '../../../src/index.js';

export const params: LipsyncParams = {
  inputs: { video: 'https://example.com/talk.mp4' },
  settings: {
    segments: [{ startTime: 0, endTime: 1.5, audio: 'https://example.com/line.wav' }],
    tts: {},
  },
};
