// expect: Type '"loop"' is not assignable to type '"bounce" | "cut_off" | "remap" | "silence"
import type { LipsyncParams } from '../../../src/index.js';

export const params: LipsyncParams = {
  inputs: { video: 'https://example.com/talk.mp4', audio: 'https://example.com/line.wav' },
  settings: { syncMode: 'loop' },
};
