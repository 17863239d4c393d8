import type { PcmChunk } from './pcm-format.js';

/**
 * Gathers chunks into one piece.
 *
 * @param chunks - interleaved samples
 * @param length - number of samples in all; anything beyond it is an error of the caller
 * @param onProgress - told with each chunk
 */
export async function collectFrames(
  chunks: AsyncIterable<PcmChunk>,
  length: number,
  onProgress: () => void,
): Promise<PcmChunk> {
  const collected = new Float32Array(length);
  let position = 0;
  for await (const chunk of chunks) {
    collected.set(chunk, position);
    position += chunk.length;
    onProgress();
  }
  return collected;
}
