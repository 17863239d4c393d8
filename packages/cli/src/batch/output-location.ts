import { join } from 'node:path';

/** Whether results go to a store, and not to a folder. */
export function isStore(outputDir: string): boolean {
  return /^s3:\/\//i.test(outputDir);
}

/** Where a result is: a path that this process can open, or the address of an object. */
export function resultPath(outputDir: string, name: string): string {
  return isStore(outputDir) ? `${outputDir.replace(/\/+$/, '')}/${name}` : join(outputDir, name);
}
