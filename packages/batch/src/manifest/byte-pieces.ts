import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ManifestError } from '../errors/manifest-error.js';

/** What was read, once all of it was. */
export interface ReadReport {
  /** Size of the file. */
  bytes: number;
  /** SHA-256 of the content, in hex. */
  sha256: string;
}

/** Bytes that are read at a time. */
const pieceSize = 256 * 1024;

/**
 * Reads a manifest as UTF-8: gzip is unpacked, and UTF-16 with a byte order mark, as Excel writes it, is
 * turned into UTF-8. What says which it is are the first bytes, not the name.
 *
 * @param path of a file or a pipe; `-` is stdin.
 * @param onEnd told what was read.
 * @throws {ManifestError} it is missing, neither a file nor a pipe, unreadable, broken gzip, or was changed
 * while it was read.
 */
export async function* bytePieces(
  path: string,
  onEnd: (report: ReadReport) => void,
): AsyncGenerator<Buffer, void, undefined> {
  const raw = path === '-' ? stdinPieces(onEnd) : filePieces(path, onEnd);
  const [isGzip, packed] = await beginsWith(raw, [0x1f, 0x8b]);
  const unpacked = isGzip ? unzipped(path, packed) : packed;
  const [isLittle, little] = await beginsWith(unpacked, [0xff, 0xfe]);
  const [isBig, big] = await beginsWith(little, [0xfe, 0xff]);
  if (isLittle || isBig) yield* toUtf8(big, isLittle ? 'utf-16le' : 'utf-16be');
  else yield* big;
}

/** Whether the first bytes are these; and all pieces, the first as well. */
async function beginsWith(
  pieces: AsyncIterable<Buffer>,
  mark: readonly number[],
): Promise<[boolean, AsyncGenerator<Buffer>]> {
  const iterator = pieces[Symbol.asyncIterator]();
  let first: Buffer = Buffer.alloc(0);
  // A pipe may give its bytes one by one.
  while (first.length < mark.length) {
    const { value, done } = await iterator.next();
    if (done) break;
    first = first.length === 0 ? value : Buffer.concat([first, value]);
  }
  async function* all() {
    try {
      if (first.length > 0) yield first;
      yield* { [Symbol.asyncIterator]: () => iterator };
    } finally {
      await iterator.return?.();
    }
  }
  return [mark.every((byte, index) => first[index] === byte), all()];
}

async function* stdinPieces(onEnd: (report: ReadReport) => void): AsyncGenerator<Buffer> {
  const sum = new Sum();
  for await (const piece of process.stdin) {
    sum.add(piece);
    yield piece;
  }
  onEnd(sum.report());
}

async function* filePieces(
  path: string,
  onEnd: (report: ReadReport) => void,
): AsyncGenerator<Buffer> {
  const handle = await open(path).catch((cause) => {
    throw unreadable(path, cause);
  });
  try {
    const before = await handle.stat();
    if (before.isDirectory()) throw new ManifestError(`The manifest "${path}" is a directory.`);
    if (!before.isFile() && !before.isFIFO()) {
      throw new ManifestError(`The manifest "${path}" is not a file.`);
    }
    const sum = new Sum();
    for await (const piece of piecesOf(path, handle)) {
      sum.add(piece);
      yield piece;
    }
    const report = sum.report();
    if (before.isFile()) await assertUnchanged(path, handle, before, report.bytes);
    onEnd(report);
  } finally {
    await handle.close();
  }
}

async function* piecesOf(path: string, handle: FileHandle): AsyncGenerator<Buffer> {
  for (;;) {
    // A new one each time: a part of it is kept.
    const buffer = Buffer.allocUnsafe(pieceSize);
    const { bytesRead } = await handle.read(buffer, 0, pieceSize).catch((cause) => {
      throw unreadable(path, cause);
    });
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

async function assertUnchanged(path: string, handle: FileHandle, before: Stats, bytes: number) {
  const named = stat(path).catch((cause) => {
    throw unreadable(path, cause);
  });
  // By its name, too: most editors write a new file and rename it.
  const isSame = (await Promise.all([handle.stat(), named])).every(
    (now) => now.size === before.size && now.mtimeMs === before.mtimeMs && now.ino === before.ino,
  );
  if (isSame && bytes === before.size) return;
  throw new ManifestError(
    `The manifest "${path}" was changed while it was read. Wait until it is complete and plan again.`,
  );
}

async function* unzipped(path: string, pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(pieces);
  const gunzip = createGunzip();
  // What goes wrong is thrown where the result is read.
  pipeline(source, gunzip, () => {});
  try {
    yield* gunzip;
  } catch (cause) {
    if (!`${(cause as NodeJS.ErrnoException).code}`.startsWith('Z_')) throw cause;
    throw new ManifestError(`The manifest "${path}" is broken gzip.`, { cause });
  } finally {
    source.destroy();
  }
}

async function* toUtf8(pieces: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces) yield Buffer.from(decoder.decode(piece, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** Size and hash of what was read. */
class Sum {
  readonly #hash = createHash('sha256');
  #bytes = 0;

  add(piece: Buffer): void {
    this.#hash.update(piece);
    this.#bytes += piece.length;
  }

  report(): ReadReport {
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}

function unreadable(path: string, cause: NodeJS.ErrnoException): ManifestError {
  const reason = cause.code === 'ENOENT' ? 'it does not exist' : (cause.code ?? cause.message);
  return new ManifestError(`Cannot read the manifest "${path}": ${reason}.`, { cause });
}
