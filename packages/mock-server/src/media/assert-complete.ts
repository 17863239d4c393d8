import { basename } from 'node:path';
import { EncodedPacketSink, type Input, type InputTrack } from 'mediabunny';
import { MediaError, type MediaRole } from './media-error.js';
import { assertLength } from './media-length.js';
import { readWavSizes } from './wav-sizes.js';

/** How far the media may end before the length its header states: half a second and 2 percent. */
const TOLERANCE_SECONDS = 0.5;
const TOLERANCE_SHARE = 0.02;

/**
 * Checks that a file holds all the media its header promises. Containers with their index in front
 * still open after a broken upload, and would only fail in the middle of a render.
 *
 * @throws MediaError when the file has no tracks, ends too early or is too long
 */
export async function assertComplete(input: Input, path: string, role: MediaRole): Promise<void> {
  const tracks = await input.getTracks();
  const lastPackets = await Promise.all(tracks.map(findLastPacket));
  if (lastPackets.every((packet) => packet === 'none')) {
    throw new MediaError(
      role,
      `The ${role} (${basename(path)}) holds no picture and no sound. It may have been cut short: ` +
        'send the complete file.',
    );
  }
  const ends = lastPackets.map((packet) => (typeof packet === 'number' ? packet : 0));
  const promised = (await input.getDurationFromMetadata()) ?? 0;
  const isShort = promised * (1 - TOLERANCE_SHARE) - Math.max(...ends) > TOLERANCE_SECONDS;
  if (isShort || lastPackets.includes('missing') || (await isShortWav(path))) {
    throw new MediaError(
      role,
      `The ${role} (${basename(path)}) is cut short: its header promises more media than the ` +
        'file holds. Send the complete file; an upload or a recording may have been interrupted.',
    );
  }
  assertLength(Math.max(...ends), role);
}

/**
 * Where a track's last packet ends, in seconds; `none` for a track without packets, `missing` when
 * the index lists a last packet that the file does not hold.
 */
async function findLastPacket(track: InputTrack): Promise<number | 'none' | 'missing'> {
  const sink = new EncodedPacketSink(track);
  if ((await sink.getPacket(Infinity, { metadataOnly: true })) === null) return 'none';
  const packet = await sink.getPacket(Infinity);
  return packet === null ? 'missing' : packet.timestamp + packet.duration;
}

async function isShortWav(path: string): Promise<boolean> {
  const sizes = await readWavSizes(path);
  if (!sizes || sizes.isUnknown) return false;
  return sizes.dataStart + sizes.dataSize > sizes.fileSize;
}
