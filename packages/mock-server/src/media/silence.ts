import { CHUNK_FRAMES, type PcmChunk } from './pcm-format.js';

/**
 * Silence in chunks.
 *
 * @param frames - how much; zero or less yields nothing
 * @param channels - number of channels
 */
export function* silence(frames: number, channels: number): Generator<PcmChunk, void> {
  for (let left = frames; left > 0; left -= CHUNK_FRAMES) {
    yield new Float32Array(Math.min(left, CHUNK_FRAMES) * channels);
  }
}
