// expect: give exactly one of inputs.audio, speech and settings.segments
import type { LipsyncParams } from '@sync3/sdk';

const audio = 'https://example.com/line.wav';
export const job: LipsyncParams = {
  inputs: { video: 'https://example.com/talk.mp4', audio },
  settings: { segments: [{ startTime: 0, endTime: 1, audio }] },
};
