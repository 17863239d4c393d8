import { access, constants, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isUuid } from '@sync3/generated/rules';
import { hashFile } from '../deliver/hash-file.js';

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

/** Most hashes that are remembered; a batch with more files reads some of them again. */
const longestMemory = 100_000;

/** The local files of one manifest. A file that has not changed is read once. */
export class MediaFiles {
  readonly #directory: string;
  /** By path, size and time of change. */
  readonly #hashes = new Map<string, Promise<string>>();

  /** @param directory what paths are relative to. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** @returns what is wrong with the file; `undefined` when it can be read. */
  async faultOf(path: string): Promise<string | undefined> {
    const absolute = resolve(this.#directory, path);
    // What the system says of it would not tell.
    if (path.includes('\0')) return 'The path of the file has a NUL character.';
    try {
      const stats = await stat(absolute);
      if (!stats.isFile()) return `"${absolute}" is not a file.`;
      if (stats.size === 0) return `The file "${absolute}" is empty.`;
      await access(absolute, constants.R_OK);
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
    let hash = this.#hashes.get(version);
    if (!hash) {
      hash = hashFile(absolute);
      this.#hashes.set(version, hash);
      const [oldest] = this.#hashes.keys();
      if (this.#hashes.size > longestMemory && oldest) this.#hashes.delete(oldest);
    }
    const sha256 = await hash;
    const now = await stat(absolute);
    if (now.size !== size || now.mtimeMs !== mtimeMs || now.ino !== ino) {
      throw new Error(`The file "${absolute}" was changed while it was read.`);
    }
    return { path: absolute, bytes: size, sha256 };
  }
}
