import { createReadStream, statSync } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { Sync3Error } from '../errors/sync3-error.js';

const types: Record<string, string> = {
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.avi': 'video/x-msvideo',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.aac': 'audio/aac',
  '.ogg': 'audio/ogg',
  '.flac': 'audio/flac',
};

/**
 * A file on this machine as a media input. It is read when it is uploaded, piece by piece.
 *
 * @param path a local path.
 * @throws {Sync3Error} the file does not exist, cannot be read, is empty or is not a file.
 */
export function file(path: string): Blob {
  return new FileBlob(path, 0, sizeOf(path), types[extname(path).toLowerCase()] ?? '');
}

function sizeOf(path: string): number {
  let stats: ReturnType<typeof statSync>;
  try {
    stats = statSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'it does not exist' : String(code);
    throw new Sync3Error(`Cannot read "${path}": ${reason}.`, { cause });
  }
  if (!stats.isFile()) throw new Sync3Error(`Cannot read "${path}": it is not a file.`);
  if (stats.size === 0) throw new Sync3Error(`Cannot read "${path}": it is empty.`);
  return stats.size;
}

/** A Blob whose bytes stay in the file until they are asked for. */
class FileBlob extends Blob {
  readonly #path: string;
  readonly #start: number;
  readonly #end: number;

  constructor(path: string, start: number, end: number, type: string) {
    super([], { type });
    this.#path = path;
    this.#start = start;
    this.#end = end;
  }

  override get size(): number {
    return this.#end - this.#start;
  }

  override slice(start = 0, end = this.size, type = ''): Blob {
    const place = (offset: number) =>
      offset < 0 ? Math.max(this.size + offset, 0) : Math.min(offset, this.size);
    const first = this.#start + place(start);
    return new FileBlob(this.#path, first, Math.max(this.#start + place(end), first), type);
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return Readable.toWeb(Readable.from(this.#read())) as ReadableStream<Uint8Array<ArrayBuffer>>;
  }

  /** Fails rather than send a body that is not as long as was announced. */
  async *#read(): AsyncGenerator<Uint8Array> {
    if (this.size === 0) return;
    let left = this.size;
    for await (const chunk of createReadStream(this.#path, {
      start: this.#start,
      end: this.#end - 1,
    })) {
      left -= chunk.length;
      yield chunk;
    }
    if (left !== 0) throw new Sync3Error(`"${this.#path}" has changed while it was read.`);
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return new Response(this.stream()).arrayBuffer();
  }

  override text(): Promise<string> {
    return new Response(this.stream()).text();
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }
}
