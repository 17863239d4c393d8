// expect: give exactly one of inputs.audio, speech and settings.segments
import type { LipsyncParams } from '../../../src/index.js';

const inputs = { video: new URL('https://example.com/talk.mp4') };
const options = { taskUUID: '7c3c2a5e-5b0e-4bb1-9a43-6c9d3b4d2f10' };
export const params: LipsyncParams = { ...options, inputs };
