import {
  EncodedPacketSink,
  EncodedVideoPacketSource,
  type InputVideoTrack,
  type VideoCodec,
} from 'mediabunny';
import type { TrackFeed } from './track-feed.js';

/** A feed together with the source that takes its data into an output file. */
export interface VideoFeed extends TrackFeed {
  readonly source: EncodedVideoPacketSource;
}

/**
 * Copies the packets of a video track as they are: every frame and every bit of it stays.
 *
 * @param track - the track
 * @param codec - the track's codec
 * @param startSeconds - file time that becomes zero on the output's timeline
 */
export async function createCopiedVideoFeed(
  track: InputVideoTrack,
  codec: VideoCodec,
  startSeconds: number,
): Promise<VideoFeed> {
  const source = new EncodedVideoPacketSource(codec);
  const decoderConfig = await track.getDecoderConfig();
  const packets = new EncodedPacketSink(track).packets();
  return {
    source,
    async addNext() {
      const { value: packet } = await packets.next();
      if (packet === undefined) {
        source.close();
        return null;
      }
      const timestamp = packet.timestamp - startSeconds;
      await source.add(
        packet.clone({ timestamp }),
        decoderConfig === null ? undefined : { decoderConfig },
      );
      return timestamp;
    },
    async close() {
      await packets.return();
    },
  };
}
