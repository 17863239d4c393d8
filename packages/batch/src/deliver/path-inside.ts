import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UnsafeOutputError } from '../errors/item-errors.js';

/** Control characters, and the backslash, which divides folders on Windows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const forbidden = /[\\\u0000-\u001f\u007f]|\p{Surrogate}/u;

/**
 * The parts of a name of the ledger, which anybody who may write to the database can have changed.
 *
 * @throws {UnsafeOutputError} the name could lead out of the output folder, or is no name of a file.
 */
export function safeSegments(name: string): string[] {
  const segments = name.split('/');
  const isUnsafe = segments.some((segment) => ['', '.', '..'].includes(segment));
  if (isUnsafe || forbidden.test(name)) throw new UnsafeOutputError(name);
  return segments;
}

/**
 * The path of a result in the output folder. Every part of it that exists is followed, so that no
 * symbolic link leads out of the folder.
 *
 * @param root the output folder, which may itself be a link.
 * @param name as the ledger has it, with `/`.
 * @throws {UnsafeOutputError} the name, or a link on the way, leads out of the folder.
 * @throws what the file system says when the output folder is not there.
 */
export async function pathInside(root: string, name: string): Promise<string> {
  const segments = safeSegments(name);
  const top = await realpath(root);
  let path = resolve(root);
  for (const segment of segments) {
    path = join(path, segment);
    const target = await targetOf(path);
    if (target === undefined) break;
    if (!isWithin(top, target)) throw new UnsafeOutputError(name);
  }
  return join(resolve(root), ...segments);
}

/** Where a path leads; a link that leads nowhere counts as leading out. */
async function targetOf(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return undefined;
  return realpath(path).catch(() => (found.isSymbolicLink() ? sep : path));
}

function isWithin(top: string, path: string): boolean {
  const way = relative(top, path);
  // Absolute on another drive of Windows.
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
