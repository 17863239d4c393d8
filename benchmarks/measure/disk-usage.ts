import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of the block of a usual file system. */
const block = 4096;

/**
 * Bytes that folders take on the disk: whole blocks, a file with several names once, and nothing
 * behind a symbolic link, which Node's own recursion follows.
 */
export function diskUsage(...folders: string[]): number {
  const counted = new Set<number>();
  const usageOf = (path: string): number => {
    const stats = lstatSync(path);
    if (stats.nlink > 1 && !stats.isDirectory()) {
      if (counted.has(stats.ino)) return 0;
      counted.add(stats.ino);
    }
    const inside = stats.isDirectory() ? readdirSync(path) : [];
    return inside.reduce(
      (sum, name) => sum + usageOf(join(path, name)),
      Math.ceil(stats.size / block) * block,
    );
  };
  return folders.reduce((sum, folder) => sum + usageOf(folder), 0);
}
