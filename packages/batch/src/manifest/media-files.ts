import { access, constants, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { isUuid } from '@sync3/generated/rules';
import { hashFile } from '../deliver/hash-file.js';
import { isMedium } from './is-medium.js';

/** A local file as it was when it was planned. */
export interface MediaFile {
  /** Absolute. */
  path: string;
  bytes: number;
  /** SHA-256 of the content, in hex. */
  sha256: string;
}

/** A scheme of one letter would be a drive of Windows. */
const urlPattern = /^[a-z][a-z\d+.-]+:/i;

/**
 * Whether a media value is a local path. It is not when it is a UUID, or begins like a URL: with a
 * scheme of two or more characters and a colon. A file with such a name is written `./name`.
 */
export function isLocalPath(value: string): boolean {
  return !isUuid(value) && !urlPattern.test(value);
}

/** Most files that are remembered; a batch with more reads some of them again. */
const longestMemory = 100_000;

/**
 * The local files of one manifest: what may be uploaded of them, and what they are. A file that has not
 * changed is read once.
 */
export class MediaFiles {
  readonly #directory: string;
  readonly #roots: Promise<string[]>;
  /** By path, size and time of change. */
  readonly #hashes = new Map<string, Promise<string>>();
  readonly #media = new Map<string, Promise<boolean>>();

  /**
   * @param directory what paths are relative to, and a root.
   * @param roots further folders in which files may lie. What lies elsewhere is not read, so that a
   * manifest from somebody else uploads nothing of this machine.
   */
  constructor(directory: string, roots: readonly string[] = []) {
    this.#directory = directory;
    this.#roots = Promise.all([directory, ...roots].map(realFolder));
  }

  /** @returns what is wrong with the file; `undefined` when it can be read and is a medium. */
  async faultOf(path: string): Promise<string | undefined> {
    const absolute = resolve(this.#directory, path);
    // What the system says of it would not tell.
    if (path.includes('\0')) return 'The path of the file has a NUL character.';
    try {
      const real = await realpath(absolute);
      const stats = await stat(real);
      if (!(await this.#roots).some((root) => isWithin(root, real))) {
        const target = real === absolute ? '' : `, which is "${real}",`;
        return (
          `The file "${absolute}"${target} lies outside of the folder of the manifest. Move it there, ` +
          'or name its folder as a media root.'
        );
      }
      if (!stats.isFile()) return `"${absolute}" is not a file.`;
      if (stats.size === 0) return `The file "${absolute}" is empty.`;
      await access(real, constants.R_OK);
      const version = `${absolute}\0${stats.size}\0${stats.mtimeMs}\0${stats.ino}`;
      if (!(await remembered(this.#media, version, () => isMedium(real)))) {
        return `The file "${absolute}" is neither a video nor audio, by its first bytes.`;
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return `There is no file "${absolute}".`;
      return `The file "${absolute}" cannot be read (${code}).`;
    }
    return undefined;
  }

  /** @throws {Error} the file cannot be read, or changes meanwhile. */
  async identify(path: string): Promise<MediaFile> {
    const absolute = resolve(this.#directory, path);
    const { size, mtimeMs, ino } = await stat(absolute);
    const version = `${absolute}\0${size}\0${mtimeMs}\0${ino}`;
    const sha256 = await remembered(this.#hashes, version, () => hashFile(absolute));
    const now = await stat(absolute);
    if (now.size !== size || now.mtimeMs !== mtimeMs || now.ino !== ino) {
      throw new Error(`The file "${absolute}" was changed while it was read.`);
    }
    return { path: absolute, bytes: size, sha256 };
  }
}

/** A folder without symbolic links; one that does not exist holds no file anyway. */
async function realFolder(folder: string): Promise<string> {
  return realpath(folder).catch(() => resolve(folder));
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !/^\.\.([\\/]|$)/.test(way) && !isAbsolute(way);
}

function remembered<Fact>(
  memory: Map<string, Promise<Fact>>,
  version: string,
  find: () => Promise<Fact>,
): Promise<Fact> {
  const known = memory.get(version);
  if (known) return known;
  const fact = find();
  memory.set(version, fact);
  // A reading that failed says nothing of the next.
  fact.catch(() => memory.delete(version));
  const [oldest] = memory.keys();
  if (memory.size > longestMemory && oldest !== undefined) memory.delete(oldest);
  return fact;
}
