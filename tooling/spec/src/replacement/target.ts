import { lstat, readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { SpecError } from '../spec-error.ts';

/** The file of the work tree that a change is about, as it is now. */
export interface Target {
  path: string;
  /** `null`: there is no such file. */
  bytes: Buffer | null;
  /** Permissions; only for a file that is there. */
  mode: number | undefined;
  /** Its folders that do not exist, outermost first. */
  missingFolders: string[];
}

/**
 * Looks at a path without following links.
 *
 * @throws {SpecError} when the path leaves the root, leads through a link, or is no regular file.
 */
export async function readTarget(root: string, path: string): Promise<Target> {
  const absolute = resolve(root, path);
  const steps = relative(root, absolute).split(sep);
  if (steps[0] === '' || steps[0] === '..' || isAbsolute(steps[0] ?? '')) {
    throw new SpecError(`${path} is not a file in ${root}: it is not replaced.`);
  }
  const missingFolders: string[] = [];
  let current = root;
  for (const [index, step] of steps.entries()) {
    current = join(current, step);
    const isLast = index === steps.length - 1;
    const stats = await lstat(current).catch(nullIfAbsent);
    if (!stats) {
      if (!isLast) missingFolders.push(current);
    } else if (isLast ? !stats.isFile() : !stats.isDirectory()) {
      throw new SpecError(
        `${current} is a link, or no ${isLast ? 'file' : 'folder'}: ${path} is not replaced.`,
      );
    } else if (isLast) {
      const mode = stats.mode & 0o7777;
      return { path: absolute, bytes: await readFile(absolute), mode, missingFolders };
    }
  }
  return { path: absolute, bytes: null, mode: undefined, missingFolders };
}

/** Whether a target has just this text, or is absent for `null`. */
export function hasContent({ bytes }: Target, content: string | null): boolean {
  if (bytes === null || content === null) return bytes === content;
  return bytes.equals(Buffer.from(content));
}

function nullIfAbsent(error: NodeJS.ErrnoException) {
  if (error.code === 'ENOENT') return null;
  throw error;
}
