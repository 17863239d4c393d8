import { closeSync, openSync, type Stats, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
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
 * @throws {Sync3Error} the file does not exist, cannot be read, is empty or is not a file
 *   (`fileNotReadable`).
 */
export function file(path: string): Blob {
  if (typeof path !== 'string') throw unreadable(path, 'a path is a string');
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

const hasChanged = 'it has changed';

/** @param reason what is wrong, or what Node says of it. */
function unreadable(path: string, reason: unknown): Sync3Error {
  const { code = String(reason) } = Object(reason) as NodeJS.ErrnoException;
  const text = code === 'ENOENT' ? 'it does not exist' : code;
  const advice =
    reason === hasChanged
      ? 'Call file(path) again for the file as it is now.'
      : 'Check the path and its permissions.';
  return new Sync3Error(`Cannot read "${String(path)}": ${text}.`, {
    code: 'fileNotReadable',
    advice,
    ...(reason instanceof Error && { cause: reason }),
  });
}

/** Bytes that are read at a time. */
const pieceSize = 64 * 1024;

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
    return Readable.toWeb(Readable.from(this.#pieces())) as ReadableStream<Uint8Array<ArrayBuffer>>;
  }

  async *#pieces(): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < this.size; start += pieceSize) {
      yield new Uint8Array(await this.slice(start, start + pieceSize).arrayBuffer());
    }
  }

  /** Fails rather than give other bytes than were announced. */
  override async arrayBuffer(): Promise<ArrayBuffer> {
    const { path, stats } = this.#file;
    const bytes = new Uint8Array(this.size);
    if (bytes.length === 0) return bytes.buffer;
    const handle = await open(path).catch((cause) => {
      throw unreadable(path, cause);
    });
    try {
      for (let length = 0; length < bytes.length; ) {
        const { bytesRead } = await handle.read(bytes, {
          offset: length,
          position: this.#start + length,
        });
        if (bytesRead === 0) throw unreadable(path, hasChanged);
        length += bytesRead;
      }
      const now = await handle.stat();
      // A clock may be too coarse to show a change.
      if (now.mtimeMs !== stats.mtimeMs || now.size !== stats.size || now.ino !== stats.ino) {
        throw unreadable(path, hasChanged);
      }
    } finally {
      await handle.close();
    }
    return bytes.buffer;
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.arrayBuffer());
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }
}
