// expect: Property 'audio' is missing
import type { LipsyncParams } from '../../../src/index.js';

export const params: LipsyncParams = {
  inputs: { video: 'https://example.com/talk.mp4' },
  settings: { tts: { stability: 0.5 } },
};
