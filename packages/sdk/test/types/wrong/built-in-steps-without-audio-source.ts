// expect: give exactly one of inputs.audio, speech and settings.segments
import type { LipsyncParams } from '../../../src/index.js';

const inputs = { video: new URL('https://example.com/talk.mp4') };
const options = { includeCost: true };
export const params: LipsyncParams = { ...options, inputs };
