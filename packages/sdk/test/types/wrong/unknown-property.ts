// expect: 'misspelt' does not exist
import type { LipsyncParams } from '../../../src/index.js';

export const params: LipsyncParams = {
  inputs: { video: 'https://example.com/talk.mp4', audio: 'https://example.com/line.wav' },
  misspelt: '1080p',
};
