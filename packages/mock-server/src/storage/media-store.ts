import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../refusal.js';

/** A file that the server holds. */
export interface StoredFile {
  uuid: string;
  path: string;
  /** Last part of its URL; its own invention, never a name from a request. */
  name: string;
  mediaType: string;
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
]);

/** Longest that a fetch of an input may take, in ms. */
const fetchTimeoutMs = 60_000;
/** Largest input that is fetched, in bytes. */
const largestFetch = 2 ** 30;

/** The files of one server, in a temporary folder that goes when the server closes. */
export class MediaStore {
  readonly #folder: string;
  readonly #allowOutbound: boolean;
  readonly #files = new Map<string, StoredFile>();
  readonly #closing = new AbortController();

  private constructor(folder: string, allowOutbound: boolean) {
    this.#folder = folder;
    this.#allowOutbound = allowOutbound;
  }

  static async open(allowOutbound: boolean): Promise<MediaStore> {
    const folder = await mkdtemp(join(tmpdir(), 'sync3-mock-'));
    await mkdir(join(folder, 'files'));
    return new MediaStore(join(folder, 'files'), allowOutbound);
  }

  /** Ends the downloads that are under way. */
  abort(): void {
    this.#closing.abort();
  }

  async close(): Promise<void> {
    await rm(join(this.#folder, '..'), { recursive: true, force: true });
  }

  /** Reserves a place for a file that somebody else writes. */
  reserve(declaredType: string): StoredFile {
    const uuid = randomUUID();
    const isType = /^[\w.+-]+\/[\w.+-]+$/.test(declaredType);
    const mediaType = isType ? declaredType.toLowerCase() : 'application/octet-stream';
    const name = uuid + (extensions.get(mediaType) ?? '.bin');
    const file = { uuid, name, mediaType, path: join(this.#folder, name) };
    this.#files.set(uuid, file);
    return file;
  }

  byUuid(uuid: string): StoredFile | undefined {
    return this.#files.get(uuid.toLowerCase());
  }

  byName(name: string): StoredFile | undefined {
    const file = this.byUuid(name.slice(0, -extname(name).length || undefined));
    return file?.name === name ? file : undefined;
  }

  /** Takes in a file given as URL, data URI or base64. @throws {Refusal} */
  async store(media: string): Promise<StoredFile> {
    if (/^https?:/i.test(media)) return this.#fetch(media);
    const [prefix = ''] = /^data:[^,]{0,200},/i.exec(media) ?? [];
    const base64 = media.slice(prefix.length);
    const isBase64 = (!prefix || /;base64,$/i.test(prefix)) && /^[\w+/-]{2,}={0,2}$/.test(base64);
    if (!isBase64) {
      const message = "'media' is not a URL, a data URI in base64, or base64.";
      throw new Refusal(400, 'invalidParameter', message, 'media');
    }
    const [declared = ''] = prefix.slice('data:'.length).split(/[;,]/);
    const file = this.reserve(declared);
    await writeFile(file.path, Buffer.from(base64, 'base64'));
    return file;
  }

  async delete(uuid: string): Promise<boolean> {
    const file = this.byUuid(uuid);
    if (!file) return false;
    this.#files.delete(file.uuid);
    await rm(file.path, { force: true });
    return true;
  }

  /** The local path of an input: a stored file, or one that is fetched now. @throws {Refusal} */
  async locate(reference: string): Promise<string> {
    const own = this.byUuid(reference.replace(/^urn:uuid:/i, ''));
    if (own) return own.path;
    if (/^(https?|data):/i.test(reference)) return (await this.store(reference)).path;
    throw new Refusal(404, 'mediaNotFound', `There is no stored media ${reference}.`);
  }

  async #fetch(url: string): Promise<StoredFile> {
    const refuse = (reason: string) =>
      new Refusal(400, 'downloadFailed', `The media could not be fetched: ${reason}.`);
    if (!URL.canParse(url)) throw refuse('its URL is not one');
    const { hostname } = new URL(url);
    if (!this.#allowOutbound && !isLoopback(hostname)) {
      throw refuse(
        `${hostname} is not localhost or 127.0.0.1. Upload the file, or start the server with allowOutbound`,
      );
    }
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(fetchTimeoutMs)]);
    let file: StoredFile | undefined;
    try {
      // A redirect could lead off this machine.
      const redirect = this.#allowOutbound ? 'follow' : 'error';
      const response = await fetch(url, { signal, redirect });
      if (!response.ok || !response.body)
        throw new Error(`it was answered HTTP ${response.status}`);
      const [mediaType = ''] = (response.headers.get('content-type') ?? '').split(';');
      file = this.reserve(mediaType.trim());
      const body = Readable.fromWeb(response.body);
      await pipeline(body, limited, createWriteStream(file.path), { signal });
      return file;
    } catch (error) {
      if (file) await this.delete(file.uuid);
      const { message, cause } = error as Error;
      throw refuse(cause instanceof Error ? cause.message : message);
    }
  }
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

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
