import { createCipheriv } from 'node:crypto';
import { Readable } from 'node:stream';

/** Bytes given at a time. */
const pieceSize = 256 * 1024;

/** Bytes that look random and are always the same for the same seed: an AES-128-CTR key stream. */
export function contentOf(seed: number, bytes: number): Readable {
  const key = Buffer.alloc(16);
  key.writeDoubleBE(seed);
  const cipher = createCipheriv('aes-128-ctr', key, Buffer.alloc(16));
  function* pieces() {
    for (let left = bytes; left > 0; left -= pieceSize) {
      yield cipher.update(Buffer.alloc(Math.min(left, pieceSize)));
    }
  }
  return Readable.from(pieces());
}
