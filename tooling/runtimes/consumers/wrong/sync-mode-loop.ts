// expect: Type '"loop"' is not assignable to type '"bounce" | "cut_off" |
import { Sync3 } from '@sync3/sdk';

const inputs = { video: 'https://example.com/talk.mp4', audio: 'https://example.com/line.wav' };
export const result = new Sync3().lipsync.run({ inputs, settings: { syncMode: 'loop' } });
