import { type FileHandle, open } from 'node:fs/promises';
import { CustomSource } from 'mediabunny';
import type { WavSizes } from './wav-sizes.js';

/** A WAV file whose header does not know its sizes, read as if it did: to its end. */
export function wavSource(path: string, { dataStart, fileSize }: WavSizes): CustomSource {
  let opened: Promise<FileHandle> | undefined;
  const sizes = [
    { at: 4, value: fileSize - 8 },
    { at: dataStart - 4, value: fileSize - dataStart },
  ];
  return new CustomSource({
    getSize: () => fileSize,
    async read(start, end) {
      opened ??= open(path);
      const { buffer, bytesRead } = await (await opened).read(
        Buffer.alloc(end - start),
        0,
        end - start,
        start,
      );
      for (const { at, value } of sizes) patch(buffer, at - start, value);
      return buffer.subarray(0, bytesRead);
    },
    dispose: () => opened?.then((file) => file.close()),
    prefetchProfile: 'fileSystem',
    // Read-ahead that fails after the last read has been answered concerns nobody.
    handleUnhandledError: () => undefined,
  });
}

/** Writes a number of four bytes, as far as it lies within a stretch of the file. */
function patch(stretch: Buffer, at: number, value: number): void {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(Math.min(value, 0xffff_ffff));
  for (let index = 0; index < 4; index += 1) {
    const place = at + index;
    if (place >= 0 && place < stretch.length) stretch[place] = bytes[index] ?? 0;
  }
}
