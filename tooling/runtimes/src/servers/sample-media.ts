import { fileURLToPath } from 'node:url';

const pathOf = (name: string) =>
  fileURLToPath(new URL(`../../../../examples/media/${name}`, import.meta.url));

/** Paths of the sample clips. */
export const sampleMedia = {
  'face.mp4': pathOf('face.mp4'),
  'line-short.wav': pathOf('line-short.wav'),
};
