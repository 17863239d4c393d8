import { type AudioCodec, AudioSampleSource, Quality } from 'mediabunny';
import { createEncoderSample } from './encoder-sample.js';
import { type PcmChunk, SAMPLE_RATE } from './pcm-format.js';
import type { TrackFeed } from './track-feed.js';

/** Enough for speech and music without an audible loss, in bits per second and channel. */
const BITRATE_PER_CHANNEL = 96_000;

/**
 * How far the sound runs ahead of the picture, in seconds: more than an encoder holds back, so that
 * its first packet is out before the picture starts.
 */
const LEAD_SECONDS = 0.5;

/** A feed together with the source that encodes its sound into an output file. */
export interface AudioFeed extends TrackFeed {
  readonly source: AudioSampleSource;
}

/**
 * Encodes rendered sound.
 *
 * @param chunks - the sound, from the start of the output's timeline
 * @param channels - number of channels of the sound
 * @param codec - codec to encode it with
 * @param delayFrames - how many frames early to place the sound, to make up for the silence that the
 *   encoder puts in front of it
 */
export function createAudioFeed(
  chunks: AsyncGenerator<PcmChunk, void>,
  channels: number,
  codec: AudioCodec,
  delayFrames: number,
): AudioFeed {
  let onFirstPacket: () => void = () => undefined;
  const firstPacket = new Promise<void>((resolve) => {
    onFirstPacket = resolve;
  });
  const source = new AudioSampleSource({
    codec,
    quality: new Quality({ bitrate: BITRATE_PER_CHANNEL * channels }),
    onEncodedPacket: () => onFirstPacket(),
  });
  const startFrame = -delayFrames;
  let nextFrame = startFrame;
  return {
    source,
    async addNext() {
      const { value: chunk } = await chunks.next();
      if (chunk === undefined) {
        source.close();
        // Sound of a few milliseconds comes out of the encoder only now. The MP4 writer must have
        // seen a packet of each track before it can take many of another.
        if (nextFrame > startFrame) await firstPacket;
        return null;
      }
      const sample = createEncoderSample(chunk, channels, nextFrame);
      try {
        await source.add(sample);
      } finally {
        sample.close();
      }
      nextFrame += chunk.length / channels;
      return (nextFrame - startFrame) / SAMPLE_RATE - LEAD_SECONDS;
    },
    async close() {
      await chunks.return();
    },
  };
}
