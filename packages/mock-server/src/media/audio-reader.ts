import { EncodedPacketSink, type InputAudioTrack } from 'mediabunny';
import { type DecodedChunk, decodeAudio } from './decode-audio.js';
import type { MediaRole } from './media-error.js';
import { mixChannels } from './mix-channels.js';
import { type PcmChunk, SAMPLE_RATE } from './pcm-format.js';
import { Resampler } from './resampler.js';
import { silence } from './silence.js';

/** An audio track as a source of sound for a render. */
export interface AudioReader {
  /** Where the sound ends on the reader's timeline, in seconds. */
  readonly durationSeconds: number;
  /** Number of channels of the track itself. */
  readonly channels: number;
  /**
   * Decodes a stretch of the track: exactly `frames` frames from `fromSeconds` on, in chunks, silent
   * where the track has no sound.
   *
   * @param channels - number of channels wanted, 1 or 2
   */
  read(fromSeconds: number, frames: number, channels: number): AsyncGenerator<PcmChunk, void>;
}

/**
 * Makes an audio track readable. All of it is read once beforehand: a damaged container can bring
 * its reader to a standstill, and that must not happen once native codecs are at work.
 *
 * @param track - the track
 * @param originSeconds - file time that is zero on the reader's timeline
 * @param role - what the track is for, for error messages
 */
export async function createAudioReader(
  track: InputAudioTrack,
  originSeconds: number,
  role: MediaRole,
): Promise<AudioReader> {
  await readThrough(track);
  return {
    durationSeconds: (await track.computeDuration()) - originSeconds,
    channels: await track.getNumberOfChannels(),
    async *read(fromSeconds, frames, channels) {
      const start = originSeconds + fromSeconds;
      const decoded = decodeAudio(track, start, start + frames / SAMPLE_RATE, role);
      let left = frames;
      for await (const chunk of convert(decoded, channels)) {
        const taken = Math.min(chunk.length / channels, left);
        left -= taken;
        if (taken > 0) yield chunk.subarray(0, taken * channels);
      }
      yield* silence(left, channels);
    },
  };
}

async function readThrough(track: InputAudioTrack): Promise<void> {
  const sink = new EncodedPacketSink(track);
  const packets = sink.packets(undefined, undefined, { metadataOnly: true });
  while (!(await packets.next()).done);
}

/** Brings decoded sound to the sample rate and the number of channels of the render. */
async function* convert(
  decoded: AsyncIterable<DecodedChunk>,
  channels: number,
): AsyncGenerator<PcmChunk, void> {
  let resampler: Resampler | undefined;
  for await (const chunk of decoded) {
    const mixed = mixChannels(chunk.samples, chunk.channels, channels);
    if (chunk.sampleRate === SAMPLE_RATE) {
      yield mixed;
    } else {
      resampler ??= new Resampler(chunk.sampleRate, SAMPLE_RATE, channels);
      yield resampler.push(mixed);
    }
  }
  if (resampler !== undefined) yield resampler.flush();
}
