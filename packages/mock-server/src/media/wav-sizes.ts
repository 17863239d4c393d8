import { open } from 'node:fs/promises';
import { readAt } from './read-at.js';

/** WAV writers that cannot seek back put a size near 2^31 or 2^32 into the header; it says nothing. */
const largestMeaningfulSize = 0x7fff_0000;
/** Others put a round number there: 2,000,000,000 bytes, or a gibibyte. */
const roundSizes = [1_000_000, 2 ** 20];
/** Chunks that are looked at before the one with the sound. */
const mostChunks = 64;

/** What a WAV file says of its length, and how long it is. */
export interface WavSizes {
  /** Where the sound begins, in bytes. */
  readonly dataStart: number;
  /** Bytes of sound, as the header says. */
  readonly dataSize: number;
  /** Bytes of the file. */
  readonly fileSize: number;
  /**
   * Whether the sizes of the header are none: its writer did not know how long the sound would be, as
   * when a voice is streamed. The sound goes on to the end of the file then.
   */
  readonly isUnknown: boolean;
}

/**
 * Reads what a WAV file says of its length. A size that is more than there is, and is no placeholder,
 * is that of a file that was cut short.
 *
 * @returns `undefined` when the file is no WAV, or has no sound.
 */
export async function readWavSizes(path: string): Promise<WavSizes | undefined> {
  const file = await open(path);
  try {
    const { size: fileSize } = await file.stat();
    const head = await readAt(file, 0, 12);
    if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') {
      return undefined;
    }
    let at = 12;
    for (let chunk = 0; chunk < mostChunks; chunk += 1) {
      const header = await readAt(file, at, 8);
      if (header.length < 8) return undefined;
      const size = header.readUInt32LE(4);
      if (header.toString('latin1', 0, 4) === 'data') {
        const dataStart = at + 8;
        const isUnknown = isPlaceholder(size, fileSize - dataStart);
        return { dataStart, dataSize: size, fileSize, isUnknown };
      }
      at += 8 + size + (size % 2);
    }
    return undefined;
  } finally {
    await file.close();
  }
}

function isPlaceholder(dataSize: number, there: number): boolean {
  if (dataSize === 0) return there > 0;
  if (dataSize >= largestMeaningfulSize) return true;
  return dataSize > there && roundSizes.some((round) => dataSize % round === 0);
}
