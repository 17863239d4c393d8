// expect: give exactly one of inputs.audio, speech and settings.segments
import type { LipsyncParams } from '../../../src/index.js';

export const params: LipsyncParams = {
  inputs: { video: 'https://example.com/talk.mp4' },
  settings: {},
};
