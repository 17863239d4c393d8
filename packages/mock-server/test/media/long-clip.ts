import { Mp4OutputFormat } from 'mediabunny';
import { convertMedia } from './convert-media.ts';
import { copyPackets } from './copy-packets.ts';
import { sampleMedia } from './sample-media.ts';

/**
 * Writes a long clip: the sample clip at 1280x720, again and again. H.264 in MP4, without sound.
 *
 * @param path where it goes; a file with the clip once is left beside it
 * @param repetitions of its 5 seconds
 */
export async function makeLongClip(path: string, repetitions: number): Promise<void> {
  const once = `${path}.once.mp4`;
  await convertMedia(sampleMedia.clip, once, new Mp4OutputFormat(), {
    video: { width: 1280, height: 720, fit: 'fill', codec: 'avc', forceTranscode: true },
    audio: { discard: true },
  });
  await copyPackets(once, path, { repetitions });
}
