import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mp4OutputFormat, Quality, WebMOutputFormat } from 'mediabunny';
import { afterAll } from 'vitest';
import { convertMedia } from './convert-media.js';
import { sampleMedia } from './sample-media.js';

/** Format and codec of the sample clips, which a smaller one keeps. */
const kinds = {
  clip: { format: new Mp4OutputFormat(), codec: 'avc' },
  secondClip: { format: new WebMOutputFormat(), codec: 'vp9' },
} as const;

/**
 * Makes a sample clip smaller: the same frames, codec and sound, with fewer pixels. For tests that
 * are not about the size of a picture, because pixels are what encoding and decoding take their time
 * for. It is there for all tests of a file.
 *
 * @param size in pixels
 * @param bitrate of the picture, in bits per second
 * @param seconds how much of the clip is kept; all of it by default
 * @returns its path
 */
export async function makeSmaller(
  sample: keyof typeof kinds,
  size: { readonly width: number; readonly height: number },
  bitrate = 150_000,
  seconds?: number,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sync3-smaller-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'clip');
  const { format, codec } = kinds[sample];
  const quality = new Quality({ bitrate });
  const video = { ...size, fit: 'fill', codec, quality } as const;
  await convertMedia(sampleMedia[sample], path, format, {
    video,
    ...(seconds === undefined ? {} : { trim: { start: 0, end: seconds } }),
  });
  return path;
}
