import { fileURLToPath } from 'node:url';

/** The committed sample media, made by `examples/media/make-media.ts`. */
export const sampleMedia = {
  /** H.264 and AAC in MP4: 5 s, 25 frames per second, 640x360, with quiet music. */
  clip: sample('face.mp4'),
  /** VP9 and Opus in WEBM: 4 s, 30 frames per second, 320x240. */
  secondClip: sample('face-30fps.webm'),
  /** Speech, 3.4 s: shorter than the clip. */
  shortLine: sample('line-short.wav'),
  /** Speech, 7.9 s: longer than the clip. */
  longLine: sample('line-long.wav'),
};

function sample(name: string): string {
  return fileURLToPath(new URL(`../../../../examples/media/${name}`, import.meta.url));
}
