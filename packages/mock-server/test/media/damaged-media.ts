import { readFile } from 'node:fs/promises';
import { sampleMedia } from './sample-media.ts';

/** The sample clip with 200 bytes in its middle overwritten: its container is as it was. */
export async function damagedPicture(): Promise<Buffer> {
  const file = await readFile(sampleMedia.clip);
  const middle = Math.floor(file.length / 2);
  return file.fill(0xab, middle, middle + 200);
}

/**
 * The sample clip in WEBM with zeros in the place of its last three tenths. The library that reads
 * containers (mediabunny 1.61) looks for the next cluster in them, for ever.
 */
export async function endlessContainer(): Promise<Buffer> {
  const file = await readFile(sampleMedia.secondClip);
  return file.fill(0, Math.floor(file.length * 0.7));
}
