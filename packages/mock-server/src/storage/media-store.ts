import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { linkFile } from '../link-file.js';
import { type Outbound, reasonOf } from '../outbound.js';
import { Refusal } from '../refusal.js';
import { Slots } from '../slots.js';
import { type Loan, Loans } from './loans.js';
import type { StoredFile } from './stored-file.js';

/** What the files of one server depend on. */
export interface MediaStoreOptions {
  outbound: Outbound;
  /** How long an upload is kept after its last use, in ms. */
  retentionMs: number;
  now: () => number;
}

const extensions = new Map([
  ['video/mp4', '.mp4'],
  ['video/quicktime', '.mov'],
  ['video/webm', '.webm'],
  ['audio/wav', '.wav'],
  ['audio/mpeg', '.mp3'],
  ['audio/mp4', '.m4a'],
  ['audio/ogg', '.ogg'],
  ['audio/flac', '.flac'],
  ['image/png', '.png'],
  ['image/jpeg', '.jpg'],
  ['image/webp', '.webp'],
]);

/** Inputs that are fetched at the same time; the others wait. */
const mostFetches = 64;
/** Longest that a fetch of an input may take, in ms. */
const fetchTimeoutMs = 60_000;
/** Largest input that is fetched, in bytes. */
const largestFetch = 2 ** 30;

/** The files of one server, in a temporary folder that goes when the server closes. */
export class MediaStore {
  readonly #folder: string;
  readonly #outbound: Outbound;
  readonly #retentionMs: number;
  readonly #now: () => number;
  readonly #files = new Map<string, StoredFile>();
  /** The files whose time begins anew when they are used. */
  readonly #renewed = new WeakSet<StoredFile>();
  readonly #loans = new Loans();
  readonly #fetches = new Slots(mostFetches);
  readonly #closing = new AbortController();

  private constructor(folder: string, { outbound, retentionMs, now }: MediaStoreOptions) {
    this.#folder = folder;
    this.#outbound = outbound;
    this.#retentionMs = retentionMs;
    this.#now = now;
  }

  static async open(options: MediaStoreOptions): Promise<MediaStore> {
    const folder = await mkdtemp(join(tmpdir(), 'sync3-mock-'));
    await mkdir(join(folder, 'files'));
    return new MediaStore(join(folder, 'files'), options);
  }

  /** Ends the downloads that are under way. */
  abort(): void {
    this.#closing.abort();
  }

  async close(): Promise<void> {
    await rm(join(this.#folder, '..'), { recursive: true, force: true });
  }

  /**
   * Reserves a place for a file that somebody else writes.
   *
   * @param expiresAt default: the retention, from its last use on.
   */
  reserve(declaredType: string, uuid: string = randomUUID(), expiresAt?: number): StoredFile {
    const isType = /^[\w.+-]+\/[\w.+-]+$/.test(declaredType);
    const mediaType = isType ? declaredType.toLowerCase() : 'application/octet-stream';
    const name = uuid + (extensions.get(mediaType) ?? '.bin');
    const file = {
      uuid,
      name,
      mediaType,
      path: join(this.#folder, name),
      expiresAt: expiresAt ?? this.#now() + this.#retentionMs,
    };
    if (expiresAt === undefined) this.#renewed.add(file);
    this.#files.set(uuid, file);
    return file;
  }

  /** Gives a file a second name of its own, which may go before or after the first. */
  async share(file: StoredFile, uuid: string, expiresAt: number): Promise<StoredFile> {
    const shared = this.reserve(file.mediaType, uuid, expiresAt);
    await linkFile(file.path, shared.path);
    return shared;
  }

  byUuid(uuid: string): StoredFile | undefined {
    const file = this.#files.get(uuid.toLowerCase());
    return file && file.expiresAt > this.#now() ? file : undefined;
  }

  /** The file that an input names, when it names one of this server's. */
  byReference(reference: string): StoredFile | undefined {
    return this.byUuid(reference.replace(/^urn:uuid:/i, ''));
  }

  byName(name: string): StoredFile | undefined {
    const file = this.byUuid(name.slice(0, -extname(name).length || undefined));
    return file?.name === name ? file : undefined;
  }

  /**
   * Takes in a file given as URL, data URI or base64.
   *
   * @param parameter which one of the task it is, for error messages.
   * @throws {Refusal} 400: it is none of these, or cannot be fetched.
   */
  async store(media: string, parameter = 'media'): Promise<StoredFile> {
    if (/^https?:/i.test(media)) return this.#fetches.run(() => this.#fetch(media));
    const [prefix = ''] = /^data:[^,]{0,200},/i.exec(media) ?? [];
    const base64 = media.slice(prefix.length);
    const isBase64 = (!prefix || /;base64,$/i.test(prefix)) && /^[\w+/-]{2,}={0,2}$/.test(base64);
    if (!isBase64) {
      const message = `'${parameter}' is not a URL, a data URI in base64, or base64.`;
      throw new Refusal(400, 'invalidParameter', message, parameter);
    }
    const [declared = ''] = prefix.slice('data:'.length).split(/[;,]/);
    const file = this.reserve(declared);
    await writeFile(file.path, Buffer.from(base64, 'base64'));
    return file;
  }

  async delete(uuid: string): Promise<boolean> {
    const file = this.byUuid(uuid);
    if (file) await this.#remove(file);
    return file !== undefined;
  }

  /** Removes the files whose time is over and that nobody has borrowed. */
  async sweep(): Promise<void> {
    const now = this.#now();
    const expired = [...this.#files.values()].filter(({ expiresAt }) => expiresAt <= now);
    for (const file of expired) if (!this.#loans.isLent(file)) await this.#remove(file);
  }

  /**
   * The local path of an input: a stored file, or one that is fetched now and removed afterwards.
   *
   * @throws {Refusal}
   */
  async borrow(reference: string): Promise<Loan> {
    const own = this.byReference(reference);
    if (own) return this.#lend(own);
    if (!/^(https?|data):/i.test(reference)) {
      throw new Refusal(404, 'mediaNotFound', `There is no stored media ${reference}.`);
    }
    const fetched = await this.store(reference);
    const { path } = fetched;
    return { path, contents: () => digest(path), giveBack: () => this.#remove(fetched) };
  }

  #lend(file: StoredFile): Loan {
    return this.#loans.lend(file, async () => {
      if (this.#files.get(file.uuid) !== file) await rm(file.path, { force: true });
      else if (this.#renewed.has(file)) file.expiresAt = this.#now() + this.#retentionMs;
    });
  }

  /** What is borrowed goes when it is given back. */
  async #remove(file: StoredFile): Promise<void> {
    this.#files.delete(file.uuid);
    if (!this.#loans.isLent(file)) await rm(file.path, { force: true });
  }

  async #fetch(url: string): Promise<StoredFile> {
    const refuse = (reason: string) =>
      new Refusal(400, 'downloadFailed', `The media could not be fetched: ${reason}.`);
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(fetchTimeoutMs)]);
    let file: StoredFile | undefined;
    try {
      const response = await this.#outbound.get(url, signal);
      const [mediaType = ''] = (response.headers['content-type'] ?? '').split(';');
      file = this.reserve(mediaType.trim());
      await pipeline(response, limited, createWriteStream(file.path), { signal });
      return file;
    } catch (error) {
      if (file) await this.#remove(file);
      throw refuse(reasonOf(error));
    }
  }
}

/** The SHA-256 of a file. */
async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Passes bytes on, up to the largest fetch. */
async function* limited(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = largestFetch;
  for await (const chunk of source) {
    left -= chunk.length;
    if (left < 0) throw new Error(`it is larger than ${largestFetch} bytes`);
    yield chunk;
  }
}
