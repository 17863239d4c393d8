import type { InputAudioTrack, InputVideoTrack } from 'mediabunny';
import { openMedia } from './open-media.js';
import { measureVideoTiming } from './video-timing.js';

/** What a video track is. */
export interface VideoFacts {
  /** Codec: `avc` (H.264), `hevc`, `vp8`, `vp9`, `av1`, or `null` when it is not known. */
  readonly codec: string | null;
  /** Width as displayed, after rotation, in pixels. */
  readonly width: number;
  /** Height as displayed, after rotation, in pixels. */
  readonly height: number;
  /** Clockwise rotation the file asks the player for, in degrees: 0, 90, 180 or 270. */
  readonly rotationDegrees: number;
  /** Number of frames a player shows. */
  readonly frameCount: number;
  /** Frames per second: the constant rate, or the average of a variable one. */
  readonly frameRate: number;
  /** From the first frame shown to the end of the last one, in seconds. */
  readonly durationSeconds: number;
}

/** What an audio track is. */
export interface AudioFacts {
  /** Codec: `aac`, `opus`, `mp3`, `pcm-s16` and so on, or `null` when it is not known. */
  readonly codec: string | null;
  /** Sample rate in hertz. */
  readonly sampleRate: number;
  /** Number of channels. */
  readonly channels: number;
  /** From the first sound played to the end of the last one, in seconds. */
  readonly durationSeconds: number;
}

/** What a media file is. Only the primary video and the primary audio track count. */
export interface MediaFacts {
  /** Name of the container: `MP4`, `QuickTime File Format`, `WebM`, `WAVE`, `MP3`, `Ogg`... */
  readonly container: string;
  /** Moment at which the longest track ends, in seconds. */
  readonly durationSeconds: number;
  /** `null` when there is no picture. */
  readonly video: VideoFacts | null;
  /** `null` when there is no sound. */
  readonly audio: AudioFacts | null;
}

/**
 * Reads what a media file is from its container. Nothing is decoded.
 *
 * Reads on the calling thread. A file that is damaged in an unlucky place can keep it busy for ever;
 * run it in a worker thread for files that you do not trust, as the mock server does.
 *
 * @param path - the file
 * @throws MediaError when the file is missing, empty, cut short, not media, or longer than 3 hours
 */
export async function inspectMedia(path: string): Promise<MediaFacts> {
  const input = await openMedia(path, 'file');
  try {
    const [format, durationSeconds, video, audio] = await Promise.all([
      input.getFormat(),
      input.computeDuration(),
      input.getPrimaryVideoTrack(),
      input.getPrimaryAudioTrack(),
    ]);
    return {
      container: format.name,
      durationSeconds,
      video: video === null ? null : await describeVideo(video),
      audio: audio === null ? null : await describeAudio(audio),
    };
  } finally {
    input.dispose();
  }
}

async function describeVideo(track: InputVideoTrack): Promise<VideoFacts> {
  const { frameCount, durationSeconds } = await measureVideoTiming(track);
  const { underlyingFrameRate, averageFrameRate } = await track.computeFrameRateMetrics();
  return {
    codec: await track.getCodec(),
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    rotationDegrees: await track.getRotation(),
    frameCount,
    // The time between frames says nothing when there is only one.
    frameRate: frameCount === 1 ? 1 / durationSeconds : (underlyingFrameRate ?? averageFrameRate),
    durationSeconds,
  };
}

async function describeAudio(track: InputAudioTrack): Promise<AudioFacts> {
  // Time before zero is the encoder's warm-up, which players skip.
  const startSeconds = Math.max(0, await track.getFirstTimestamp());
  return {
    codec: await track.getCodec(),
    sampleRate: await track.getSampleRate(),
    channels: await track.getNumberOfChannels(),
    durationSeconds: (await track.computeDuration()) - startSeconds,
  };
}
