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

const extensions: Record<string, string> = {
  'video/mp4': '.mp4',
  'video/quicktime': '.mov',
  'video/webm': '.webm',
  'audio/wav': '.wav',
  'audio/mpeg': '.mp3',
  'audio/mp4': '.m4a',
  'audio/ogg': '.ogg',
  'audio/flac': '.flac',
};

/** Longest that a fetch of an input may take, in ms. */
const fetchTimeoutMs = 60_000;

/** The files of one server, in a temporary folder that goes when the server closes. */
export class MediaStore {
  readonly #folder: string;
  readonly #allowOutbound: boolean;
  readonly #files = new Map<string, StoredFile>();

  private constructor(folder: string, allowOutbound: boolean) {
    this.#folder = folder;
    this.#allowOutbound = allowOutbound;
  }

  static async open(allowOutbound: boolean): Promise<MediaStore> {
    const folder = await mkdtemp(join(tmpdir(), 'sync3-mock-'));
    await mkdir(join(folder, 'files'));
    return new MediaStore(join(folder, 'files'), allowOutbound);
  }

  async close(): Promise<void> {
    await rm(join(this.#folder, '..'), { recursive: true, force: true });
  }

  /** Reserves a place for a file that somebody else writes. */
  reserve(mediaType: string): StoredFile {
    const uuid = randomUUID();
    const name = uuid + (extensions[mediaType] ?? '.bin');
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
    const comma = media.startsWith('data:') ? media.indexOf(',') : -1;
    const [declared = ''] = media.slice('data:'.length, Math.max(comma, 0)).split(';');
    const base64 = media.slice(comma + 1);
    if (!/^[\w+/-]{2,}={0,2}$/.test(base64.slice(-64)) || base64.length % 4 === 1) {
      const message = "'media' is not a URL, a data URI or base64.";
      throw new Refusal(400, 'invalidParameter', message, 'media');
    }
    const file = this.reserve(declared || 'application/octet-stream');
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
    if (!this.#allowOutbound && !isLoopback(new URL(url).hostname)) {
      throw new Refusal(
        400,
        'downloadFailed',
        `The mock server fetches only from this machine, not from ${new URL(url).host}. ` +
          'Upload the file, or start the server with allowOutbound.',
      );
    }
    let response: Response;
    try {
      response = await fetch(url, {
        signal: AbortSignal.timeout(fetchTimeoutMs),
        // A redirect could lead off this machine.
        redirect: this.#allowOutbound ? 'follow' : 'error',
      });
    } catch (cause) {
      throw new Refusal(400, 'downloadFailed', `The media could not be fetched: ${cause}.`);
    }
    if (!response.ok || !response.body) {
      throw new Refusal(400, 'downloadFailed', `The media answered HTTP ${response.status}.`);
    }
    const [mediaType = ''] = (response.headers.get('content-type') ?? '').split(';');
    const file = this.reserve(mediaType.trim());
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file.path));
    return file;
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
