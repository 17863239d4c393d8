/** A job that breaks no rule. */
export const sampleJob = {
  inputs: { video: 'https://example.com/talk.mp4', audio: 'https://example.com/line.wav' },
};
