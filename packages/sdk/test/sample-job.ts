import type { LipsyncParams } from '../src/index.js';

/** A job that breaks no rule. */
export const sampleJob: LipsyncParams = {
  inputs: { video: 'https://example.com/talk.mp4', audio: 'https://example.com/line.wav' },
};

/** Options that let a test finish soon. */
export const quickPolling = { minIntervalMs: 5, maxIntervalMs: 20 };
