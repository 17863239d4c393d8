import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';

/** Bytes of a path that the system takes (`PATH_MAX`, and on Windows `MAX_PATH`), its end included. */
const longestPath = { win32: 260, darwin: 1024 }[process.platform as string] ?? 4096;
/** Room for the number of a result, and for the name of a file that is not complete yet. */
const roomForSuffix = 64;
/** Most folders that are remembered. */
const longestMemory = 10_000;

/** Where the results of a plan go: finds out before anything is paid for which could not be written. */
export class OutputFolders {
  readonly #directory: string;
  readonly #root: Promise<string>;
  /** What is wrong with a folder. */
  readonly #faults = new Map<string, Promise<string | undefined>>();

  constructor(directory: string) {
    this.#directory = resolve(directory);
    this.#root = existing(this.#directory);
  }

  /**
   * What is wrong with a place below the output folder; `undefined` when all is well.
   *
   * @param name relative to the output folder, with `/`.
   */
  async faultOf(name: string): Promise<string | undefined> {
    const path = join(this.#directory, ...name.split('/'));
    if (Buffer.byteLength(path) + roomForSuffix > longestPath) {
      return `Its path would be longer than this system takes (${longestPath} bytes): "${path}".`;
    }
    const folder = dirname(path);
    const known = this.#faults.get(folder);
    if (known) return known;
    const fault = this.#faultOfFolder(folder);
    this.#faults.set(folder, fault);
    const [oldest] = this.#faults.keys();
    if (this.#faults.size > longestMemory && oldest !== undefined) this.#faults.delete(oldest);
    return fault;
  }

  /** What is wrong with the first of some places that cannot be written to. */
  async faultOfAny(names: readonly string[]): Promise<string | undefined> {
    for (const name of names) {
      const fault = await this.faultOf(name);
      if (fault) return fault;
    }
    return undefined;
  }

  async #faultOfFolder(folder: string): Promise<string | undefined> {
    const real = await existing(folder);
    const root = await this.#root;
    const way = relative(root, real);
    // What is missing of the output folder is made at its place.
    const isInside = !/^\.\.([\\/]|$)/.test(way) && !isAbsolute(way);
    if (isInside || folder === this.#directory) return undefined;
    return `Its folder "${folder}" is a link that leads out of the output folder, to "${real}".`;
  }
}

/** A path without symbolic links, as far as it exists. */
async function existing(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  if (real !== undefined) return real;
  const above = dirname(path);
  return above === path ? path : join(await existing(above), relative(above, path));
}
