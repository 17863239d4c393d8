import { createCipheriv } from 'node:crypto';
import { Readable } from 'node:stream';

/** Bytes given at a time. */
const pieceSize = 256 * 1024;

/** Begins as an MP4 does, as anything else would not be saved as a video. */
const head = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1');

/**
 * After the head of an MP4, bytes that look random and are always the same for the same seed: an
 * AES-128-CTR key stream.
 */
export function contentOf(seed: number, bytes: number): Readable {
  const key = Buffer.alloc(16);
  key.writeDoubleBE(seed);
  const cipher = createCipheriv('aes-128-ctr', key, Buffer.alloc(16));
  function* pieces() {
    for (let left = bytes; left > 0; left -= pieceSize) {
      const piece = cipher.update(Buffer.alloc(Math.min(left, pieceSize)));
      if (left === bytes) head.copy(piece);
      yield piece;
    }
  }
  return Readable.from(pieces());
}
