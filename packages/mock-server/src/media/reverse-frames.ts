import type { PcmChunk } from './pcm-format.js';

/** Plays interleaved samples backward: the last frame first, channels in their places. */
export function reverseFrames(samples: PcmChunk, channels: number): PcmChunk {
  const reversed = new Float32Array(samples.length);
  for (let index = 0; index < samples.length; index += channels) {
    reversed.set(
      samples.subarray(samples.length - index - channels, samples.length - index),
      index,
    );
  }
  return reversed;
}
