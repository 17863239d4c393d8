/** Sample rate of all audio inside a render, in hertz. Both AAC and Opus encode it as it is. */
export const SAMPLE_RATE = 48_000;

/**
 * A stretch of audio: interleaved 32-bit float samples, nominally -1 to 1, at {@link SAMPLE_RATE}.
 * A *frame* is one sample per channel.
 */
export type PcmChunk = Float32Array;

/** The most frames a render passes on at once (half a second), so that memory stays bounded. */
export const CHUNK_FRAMES = SAMPLE_RATE / 2;

/** The frame at which a moment on the timeline falls. */
export function secondsToFrames(seconds: number): number {
  return Math.round(seconds * SAMPLE_RATE);
}
