import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Video } from '@sync3/sdk';
import { saveVideo } from '@sync3/sdk/node';
import { OutputExistsError } from '../errors/item-errors.js';
import type { DeliveredFile } from '../ledger/item.js';
import { hashFile } from './hash-file.js';
import type { Obstacle, OutputPlace } from './output-place.js';
import { safeSegments } from './path-inside.js';
import { type S3Bucket, StoreError } from './s3-bucket.js';
import { fullDisk, systemErrorIn } from './system-error.js';

/** Where the checksum of an object stands; the store has compared it with the content when it took it. */
const checksumHeader = 'x-amz-meta-sha256';

/** Codes of a store that are about the name or the content of one object. */
const aboutOneObject = new Set(['KeyTooLongError', 'EntityTooLarge', 'InvalidURI']);

interface StoredObject {
  bytes: number;
  sha256: string | undefined;
}

/** A prefix in a bucket of an S3-compatible store. Needs room for the videos under way on a local disk. */
export class S3Place implements OutputPlace {
  readonly #bucket: S3Bucket;

  constructor(bucket: S3Bucket) {
    this.#bucket = bucket;
  }

  describe(name: string): string {
    return `${this.#bucket.location}/${name}`;
  }

  prepare(): Promise<void> {
    return this.#bucket.assertThere();
  }

  async sizeOf(name: string): Promise<number | undefined> {
    return (await this.#find(name))?.bytes;
  }

  async hash(name: string): Promise<string | undefined> {
    const found = await this.#find(name);
    return found && (found.sha256 ?? (await this.#hashContent(name)));
  }

  async store(
    video: Video,
    name: string,
    isOurs: boolean,
    signal: AbortSignal,
  ): Promise<DeliveredFile> {
    // Asked first: a store that refuses or is down needs no download.
    const existing = await this.#find(name, signal);
    const folder = await mkdtemp(join(tmpdir(), 'sync3-'));
    const path = join(folder, 'video');
    try {
      const bytes = await saveVideo(video, path, { signal });
      const sha256 = await hashFile(path);
      const isFree = !existing || isOurs;
      if (isFree && (await this.#put(path, name, sha256, isOurs, signal))) {
        return { name, bytes, sha256 };
      }
      if ((await this.hash(name)) === sha256) return { name, bytes, sha256 };
      throw new OutputExistsError(this.describe(name));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async obstacleOf(error: unknown): Promise<Obstacle | undefined> {
    const after = 'the batch goes on by itself. No result is lost; no job is begun until then.';
    const code = systemErrorIn(error)?.code;
    if (code && fullDisk.has(code)) {
      const message = `The disk of "${tmpdir()}" is full. Free some space: ${after}`;
      return { reason: 'disk', message };
    }
    if (!StoreError.is(error)) return undefined;
    // An unknown refusal may be meant for every result: nothing more is paid for until it has passed.
    if (aboutOneObject.has(`${error.code}`)) return undefined;
    const message = `${error.message} When the store takes results again, ${after}`;
    return { reason: 'output', message };
  }

  async #find(name: string, signal?: AbortSignal): Promise<StoredObject | undefined> {
    const segments = safeSegments(name);
    const { status, headers } = await this.#bucket.send('HEAD', {
      ...{ name: segments, signal, expected: [404] },
    });
    if (status === 404) return undefined;
    const sha256 = headers.get(checksumHeader) ?? undefined;
    return { bytes: Number(headers.get('content-length')), sha256 };
  }

  async #hashContent(name: string): Promise<string> {
    const { body } = await this.#bucket.send('GET', { name: safeSegments(name) });
    const hash = createHash('sha256');
    for await (const piece of body ?? []) hash.update(piece);
    return hash.digest('hex');
  }

  /**
   * Uploads a file in one request, which the store refuses when the content is not that of the checksum.
   *
   * @returns whether the name was free.
   */
  async #put(
    path: string,
    name: string,
    sha256: string,
    isOurs: boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    const segments = safeSegments(name);
    const send = async (condition: Record<string, string>, expected: readonly number[]) => {
      const { status, body } = await this.#bucket.send('PUT', {
        ...{ name: segments, signal, expected, body: await openAsBlob(path) },
        headers: { ...condition, 'x-amz-content-sha256': sha256, [checksumHeader]: sha256 },
      });
      await body?.cancel();
      return status;
    };
    if (isOurs) return (await send({}, [])) < 300;
    const status = await send({ 'if-none-match': '*' }, [412, 501]);
    // A store that does not know the condition was asked before whether the name is free.
    return status === 501 ? (await send({}, [])) < 300 : status !== 412;
  }
}
