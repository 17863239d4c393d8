import { setTimeout as sleep } from 'node:timers/promises';
import type { Sync3 } from '@sync3/sdk';
import { file } from '@sync3/sdk/node';
import pLimit from 'p-limit';
import type { Database } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { MediaUnusableError } from '../errors/item-errors.js';
import type { Item } from '../ledger/item.js';
import {
  findUpload,
  finishUpload,
  parametersWithMedia,
  releaseUpload,
  renewUpload,
  takeUpload,
  type Upload,
} from '../ledger/uploads.js';
import { MediaFiles } from '../manifest/media-files.js';

/** Uploads of a worker at a time. */
const uploadsAtOnce = 4;
/** A worker that has not renewed its upload for so long is taken for dead. */
const leaseSeconds = 10;
/** How often an upload is renewed, in ms. */
const renewalMs = 3_000;
/** How often a worker looks whether another has finished an upload, in ms. */
const lookMs = 1_000;

/** The local files of a batch: each is uploaded once, whoever needs it. */
export class MediaStore {
  readonly #database: Database;
  readonly #sync3: Sync3;
  readonly #signal: AbortSignal;
  readonly #files = new MediaFiles('/');
  readonly #limit = pLimit(uploadsAtOnce);
  /** By content hash. What failed is tried anew for the next item. */
  readonly #stored = new Map<string, Promise<string>>();

  /** @param signal ends all uploads. */
  constructor(database: Database, sync3: Sync3, signal: AbortSignal) {
    this.#database = database;
    this.#sync3 = sync3;
    this.#signal = signal;
  }

  /**
   * The parameters of an item with its local files uploaded.
   *
   * @throws {MediaUnusableError} a file is not on this machine, or is not what it was when it was
   * planned.
   * @throws what `Media.upload` throws.
   */
  async parametersOf(item: Item): Promise<Record<string, unknown>> {
    const mediaUUIDs = new Map<string, string>();
    for (const { sha256 } of item.media) {
      mediaUUIDs.set(sha256, await this.#store(item.batch, sha256));
    }
    return parametersWithMedia(item, (sha256) => mediaUUIDs.get(sha256));
  }

  /**
   * Forgets what the files of an item were stored as, because the API no longer knows it: the next
   * item that uses them stores them anew.
   */
  async forget({ batch, media }: Item, reason: string): Promise<void> {
    for (const { sha256 } of media) {
      this.#stored.delete(sha256);
      await releaseUpload(this.#database, { batch, sha256 }, reason);
    }
  }

  #store(batch: string, sha256: string): Promise<string> {
    const known = this.#stored.get(sha256);
    if (known) return known;
    const storing = this.#limit(() => this.#uploadOnce(batch, sha256));
    this.#stored.set(sha256, storing);
    storing.catch(() => this.#stored.delete(sha256));
    return storing;
  }

  async #uploadOnce(batch: string, sha256: string): Promise<string> {
    for (;;) {
      const upload = await findUpload(this.#database, { batch, sha256 });
      if (!upload) throw new BatchError(`The ledger has no file with the hash ${sha256}.`);
      if (upload.mediaUUID !== null) return upload.mediaUUID;
      const taken = await takeUpload(this.#database, { batch, sha256 }, leaseSeconds);
      if (taken) return this.#upload(taken);
      await sleep(lookMs, undefined, { signal: this.#signal });
    }
  }

  async #upload(upload: Upload): Promise<string> {
    const renewal = setInterval(() => {
      // At worst another worker stores the file once more, which is free.
      renewUpload(this.#database, upload, leaseSeconds).catch(() => {});
    }, renewalMs);
    try {
      await this.#assertUnchanged(upload);
      const source = file(upload.path);
      const { mediaUUID } = await this.#sync3.media.upload(source, { signal: this.#signal });
      await finishUpload(this.#database, upload, mediaUUID);
      return mediaUUID;
    } catch (error) {
      await releaseUpload(this.#database, upload, (error as Error).message);
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  async #assertUnchanged({ path, sha256 }: Upload): Promise<void> {
    const fault = await this.#files.faultOf(path);
    if (fault) throw new MediaUnusableError(`${fault} It was there when the batch was planned.`);
    const now = await this.#files.identify(path).catch((cause: Error) => {
      throw new MediaUnusableError(cause.message, { cause });
    });
    if (now.sha256 !== sha256) {
      throw new MediaUnusableError(
        `The file "${path}" has been changed since the batch was planned. Retry the item, or plan the ` +
          'manifest again: a new job takes the file as it is now.',
      );
    }
  }
}
