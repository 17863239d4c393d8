import { Quality, type VideoSource } from 'mediabunny';
import { createCopiedVideoFeed } from './copied-video-feed.js';
import { createEncodedVideoFeed } from './encoded-video-feed.js';
import type { OpenClip } from './open-clip.js';
import type { ContainerProfile } from './output-format.js';
import type { TrackFeed } from './track-feed.js';
import { COPIED_FROM_QUALITY, videoBitrate } from './video-quality.js';

/** A feed together with the source that takes its data into an output file. */
export interface VideoFeed extends TrackFeed {
  readonly source: VideoSource;
}

/**
 * Chooses how the picture gets into the output: copied as it is when the container takes its codec
 * and the quality is the default or higher, encoded again otherwise.
 *
 * @param clip - the clip with the picture
 * @param profile - the output's container
 * @param quality - output quality, 20 to 99
 */
export async function createVideoFeed(
  clip: OpenClip,
  profile: ContainerProfile,
  quality: number,
): Promise<VideoFeed> {
  const { track, codec, timing } = clip;
  if (quality >= COPIED_FROM_QUALITY && profile.copiedVideoCodecs.includes(codec)) {
    return createCopiedVideoFeed(track, codec, timing.startSeconds);
  }
  const [width, height] = [await track.getCodedWidth(), await track.getCodedHeight()];
  const bitrate = videoBitrate(quality, {
    width,
    height,
    frameRate: timing.frameCount / timing.durationSeconds,
    bitrate: (timing.sizeBytes * 8) / timing.durationSeconds,
  });
  return createEncodedVideoFeed(track, timing.startSeconds, {
    codec: width % 2 === 0 && height % 2 === 0 ? profile.videoCodec : profile.oddSizeVideoCodec,
    quality: new Quality({ bitrate }),
    // The same result on every machine.
    hardwareAcceleration: 'prefer-software',
    // A stream may change its size half way; the picture keeps that of the first frame.
    sizeChangeBehavior: 'contain',
  });
}
