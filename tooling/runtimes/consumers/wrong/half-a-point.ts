// expect: frameNumber
import { Sync3 } from '@sync3/sdk';

export const result = new Sync3().lipsync.submit({
  inputs: { video: 'https://example.com/talk.mp4', audio: 'https://example.com/line.wav' },
  settings: { activeSpeakerDetection: { coordinates: [1, 2] } },
});
