import { closeSync, createReadStream, openSync, type Stats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
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
 * A file on this machine as a media input. It is read when it is uploaded, piece by piece; a file
 * that has been changed by then is an error.
 *
 * @param path a local path.
 * @throws {Sync3Error} the file does not exist, cannot be read, is empty or is not a file.
 */
export function file(path: string): Blob {
  let stats: Stats;
  try {
    stats = statSync(path);
    // Not `access`, for which Deno wants to know who the user is.
    closeSync(openSync(path, 'r'));
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (!stats.isFile()) throw unreadable(path, 'it is not a file');
  if (stats.size === 0) throw unreadable(path, 'it is empty');
  const type = types[extname(path).toLowerCase()] ?? '';
  return new FileBlob({ path, stats }, 0, stats.size, type);
}

function unreadable(path: string, cause: unknown): Sync3Error {
  const { code = String(cause) } = cause as NodeJS.ErrnoException;
  const reason = code === 'ENOENT' ? 'it does not exist' : code;
  return new Sync3Error(`Cannot read "${path}": ${reason}.`, { cause });
}

/** A file as it was when it was taken. */
interface TakenFile {
  path: string;
  stats: Stats;
}

/** A Blob whose bytes stay in the file until they are asked for. */
class FileBlob extends Blob {
  readonly #file: TakenFile;
  readonly #start: number;
  readonly #end: number;

  constructor(file: TakenFile, start: number, end: number, type: string) {
    super([], { type });
    this.#file = file;
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
    return new FileBlob(this.#file, first, Math.max(this.#start + place(end), first), type);
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return Readable.toWeb(Readable.from(this.#read())) as ReadableStream<Uint8Array<ArrayBuffer>>;
  }

  /** Fails rather than give other bytes than were announced. */
  async *#read(): AsyncGenerator<Uint8Array> {
    const { path, stats } = this.#file;
    if (this.size === 0) return;
    try {
      for await (const chunk of createReadStream(path, {
        start: this.#start,
        end: this.#end - 1,
      })) {
        yield chunk;
      }
    } catch (cause) {
      throw unreadable(path, cause);
    }
    const now = await stat(path);
    // A clock may be too coarse to show a change; another file has another inode.
    const isSame =
      now.mtimeMs === stats.mtimeMs && now.size === stats.size && now.ino === stats.ino;
    if (!isSame) throw unreadable(path, 'it has changed');
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
