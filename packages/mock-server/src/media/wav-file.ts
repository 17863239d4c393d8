import { writeFile } from 'node:fs/promises';

const HEADER_BYTES = 44;

/**
 * Writes mono sound as a 16-bit WAV file.
 *
 * @param path - the file
 * @param samples - samples from -1 to 1
 * @param sampleRate - sample rate in hertz
 */
export async function writeWav(
  path: string,
  samples: Float32Array,
  sampleRate: number,
): Promise<void> {
  const dataBytes = samples.length * 2;
  const file = Buffer.alloc(HEADER_BYTES + dataBytes);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16); // length of the format chunk
  file.writeUInt16LE(1, 20); // integer PCM
  file.writeUInt16LE(1, 22); // channels
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28); // bytes per second
  file.writeUInt16LE(2, 32); // bytes per frame
  file.writeUInt16LE(16, 34); // bits per sample
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(dataBytes, 40);
  for (const [index, sample] of samples.entries()) {
    file.writeInt16LE(
      Math.round(Math.max(-1, Math.min(1, sample)) * 32_767),
      HEADER_BYTES + index * 2,
    );
  }
  await writeFile(path, file);
}
