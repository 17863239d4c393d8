import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of the block of a usual file system. */
const block = 4096;

/** Bytes that folders take on the disk: whole blocks, and a file with several names once. */
export function diskUsage(...folders: string[]): number {
  const counted = new Set<number>();
  const usageOf = (path: string): number => {
    const { size, ino, nlink } = lstatSync(path);
    if (nlink > 1) {
      if (counted.has(ino)) return 0;
      counted.add(ino);
    }
    return Math.ceil(size / block) * block;
  };
  return folders
    .flatMap((folder) => [
      folder,
      ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    ])
    .reduce((sum, path) => sum + usageOf(path), 0);
}
