import {
  type InputVideoTrack,
  type VideoEncodingConfig,
  type VideoSample,
  VideoSampleSink,
  VideoSampleSource,
} from 'mediabunny';
import { MediaError } from './media-error.js';
import type { TrackFeed } from './track-feed.js';
import { isShown } from './video-timing.js';

/** A feed together with the source that encodes its frames into an output file. */
export interface EncodedVideoFeed extends TrackFeed {
  readonly source: VideoSampleSource;
}

/**
 * Decodes a video track and encodes it again, frame by frame. No frame is added or dropped.
 *
 * @param track - the track
 * @param startSeconds - file time that becomes zero on the output's timeline
 * @param encoding - how to encode
 * @throws MediaError from `addNext` when a frame cannot be decoded
 */
export function createEncodedVideoFeed(
  track: InputVideoTrack,
  startSeconds: number,
  encoding: VideoEncodingConfig,
): EncodedVideoFeed {
  const source = new VideoSampleSource(encoding);
  const frames = new VideoSampleSink(track, { hardwareAcceleration: 'prefer-software' }).samples();
  return {
    source,
    async addNext() {
      const frame = await decodeNext(frames);
      if (frame === null) {
        source.close();
        return null;
      }
      try {
        if (!isShown(frame)) return -Infinity;
        frame.setTimestamp(Math.max(0, frame.timestamp - startSeconds));
        await source.add(frame);
        return frame.timestamp;
      } finally {
        frame.close();
      }
    },
    async close() {
      await frames.return();
    },
  };
}

async function decodeNext(frames: AsyncGenerator<VideoSample, void>): Promise<VideoSample | null> {
  try {
    return (await frames.next()).value ?? null;
  } catch (cause) {
    throw new MediaError(
      'video',
      'The picture of the video cannot be decoded: the file is damaged or uses a rare variant of ' +
        'its codec. Convert it to H.264 in MP4 and send that.',
      { cause },
    );
  }
}
