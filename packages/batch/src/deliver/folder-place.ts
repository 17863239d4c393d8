import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Video } from '@sync3/sdk';
import { saveVideo } from '@sync3/sdk/node';
import { BatchError } from '../errors/batch-error.js';
import type { DeliveredFile } from '../ledger/item.js';
import { hashFile } from './hash-file.js';
import type { Obstacle, OutputPlace } from './output-place.js';
import { pathInside } from './path-inside.js';
import { placeFile } from './place-file.js';
import { fullDisk, systemErrorIn, unwritable } from './system-error.js';

/** A folder of this machine, or one that it shares with others. */
export class FolderPlace implements OutputPlace {
  /** Absolute. */
  readonly #root: string;

  constructor(folder: string) {
    this.#root = resolve(folder);
  }

  describe(name: string): string {
    return join(this.#root, ...name.split('/'));
  }

  async prepare(): Promise<void> {
    const cannot = (what: string) => (cause: Error) => {
      throw new BatchError(`Cannot ${what} the output folder "${this.#root}": ${cause.message}.`, {
        cause,
      });
    };
    await mkdir(this.#root, { recursive: true }).catch(cannot('make'));
    const probe = join(this.#root, `.sync3-${randomUUID()}`);
    await writeFile(probe, '')
      .then(() => rm(probe))
      .catch(async (error) => {
        // A full disk is waited for.
        if ((await this.obstacleOf(error))?.reason !== 'disk') cannot('write to')(error);
      });
  }

  async sizeOf(name: string): Promise<number | undefined> {
    const path = await pathInside(this.#root, name);
    return (await stat(path).catch(unlessMissing))?.size;
  }

  async hash(name: string): Promise<string | undefined> {
    const path = await pathInside(this.#root, name);
    return hashFile(path).catch(unlessMissing);
  }

  async store(
    video: Video,
    name: string,
    isOurs: boolean,
    signal: AbortSignal,
  ): Promise<DeliveredFile> {
    // The output folder itself is not made anew: a disk may have been unmounted.
    const path = await pathInside(this.#root, name);
    // What a worker that was killed has left in it goes when the next one has delivered the item.
    const incomplete = join(dirname(path), `.sync3-${video.taskUUID}`);
    const complete = join(incomplete, `${process.pid}.complete`);
    await mkdir(incomplete, { recursive: true });
    try {
      const bytes = await saveVideo(video, complete, { signal });
      const sha256 = await hashFile(complete);
      await placeFile(complete, path, sha256, isOurs);
      return { name, bytes, sha256 };
    } finally {
      // The error of the delivery counts, and not that of the tidying.
      await rm(incomplete, { recursive: true, force: true }).catch(() => {});
    }
  }

  async obstacleOf(error: unknown): Promise<Obstacle | undefined> {
    const fault = systemErrorIn(error);
    if (!fault) return undefined;
    const { code } = fault;
    const after = 'the batch goes on by itself. No result is lost; no job is begun until then.';
    if (fullDisk.has(code)) {
      const message = `The disk of "${this.#root}" is full. Free some space: ${after}`;
      return { reason: 'disk', message };
    }
    const isThere = await stat(this.#root).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (isThere && !unwritable.has(code)) return undefined;
    const what = isThere
      ? `Results cannot be written to "${this.#root}" (${code}). Make it writable`
      : `The output folder "${this.#root}" is gone. Put it back, or make it anew`;
    return { reason: 'output', message: `${what}: ${after}` };
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}
