// expect: settings.tts needs speech
import type { LipsyncParams } from '../../../src/index.js';

export const params: LipsyncParams = {
  inputs: { video: 'https://example.com/talk.mp4', audio: 'https://example.com/line.wav' },
  settings: { tts: {} },
};
