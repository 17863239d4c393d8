import { createHash } from 'node:crypto';

/**
 * A number in [0, 1) that is always the same for the same seed and event: the first 32 bits of a
 * SHA-256. Requests that come in another order meet the same fate, as a stream of numbers would not
 * ensure.
 */
export function chance(seed: number, ...event: (string | number)[]): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...event]))
    .digest();
  return digest.readUInt32BE() / 2 ** 32;
}
