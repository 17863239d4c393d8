import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { ManifestError } from '../errors/manifest-error.js';

/** Whole lines of a file. */
export interface TextBlock {
  text: string;
  /** Number of the first line, from 1. */
  firstLine: number;
}

/** What was read, once all of it was. */
export interface ReadReport {
  /** Size of the file. */
  bytes: number;
  /** SHA-256 of the content, in hex. */
  sha256: string;
}

/** Bytes that are read at a time. */
const pieceSize = 256 * 1024;
/** Most bytes of a line. */
export const longestLine = 10 * 1024 * 1024;
const newline = 0x0a;

/**
 * Reads a text file in blocks of whole lines, so that no more than a line and a piece are in memory.
 * A byte order mark is taken away; line ends stay as they are.
 *
 * @returns what was read.
 * @throws {ManifestError} the file is missing, no file, unreadable, not UTF-8, has a line of more than
 * 10 MiB, or was changed while it was read.
 */
export async function* textBlocks(path: string): AsyncGenerator<TextBlock, ReadReport, undefined> {
  const handle = await open(path).catch((cause) => {
    throw unreadable(path, cause);
  });
  try {
    const before = await handle.stat();
    if (before.isDirectory()) throw new ManifestError(`The manifest "${path}" is a directory.`);
    if (!before.isFile()) throw new ManifestError(`The manifest "${path}" is not a file.`);
    const hash = createHash('sha256');
    let bytes = 0;
    let firstLine = 1;
    for await (const block of wholeLines(path, handle, () => firstLine)) {
      hash.update(block);
      bytes += block.length;
      const text = decode(path, block, firstLine);
      yield { text: firstLine === 1 ? text.replace(/^\uFEFF/, '') : text, firstLine };
      firstLine += countLines(block);
    }
    // By its name, too: most editors write a new file and rename it.
    const [after, named] = await Promise.all([handle.stat(), statsOf(path)]);
    const isSame = [after, named].every(
      (now) => now.size === before.size && now.mtimeMs === before.mtimeMs && now.ino === before.ino,
    );
    if (!isSame || bytes !== before.size) {
      throw new ManifestError(
        `The manifest "${path}" was changed while it was read. Wait until it is complete and plan again.`,
      );
    }
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await handle.close();
  }
}

/** Pieces that end where a line ends; the last may end without. */
async function* wholeLines(path: string, handle: FileHandle, firstLine: () => number) {
  let rest: Buffer[] = [];
  let restSize = 0;
  for (;;) {
    // A new one each time: a part of it is kept.
    const buffer = Buffer.allocUnsafe(pieceSize);
    const { bytesRead } = await handle.read(buffer, 0, pieceSize).catch((cause) => {
      throw unreadable(path, cause);
    });
    if (bytesRead === 0) break;
    const piece = buffer.subarray(0, bytesRead);
    const end = piece.lastIndexOf(newline) + 1;
    if (end === 0) {
      rest.push(piece);
      restSize += piece.length;
    } else {
      const block = Buffer.concat([...rest, piece.subarray(0, end)]);
      yield block;
      rest = [piece.subarray(end)];
      restSize = piece.length - end;
    }
    if (restSize > longestLine) {
      throw new ManifestError(
        `Line ${firstLine()} of the manifest "${path}" is longer than 10 MiB. Is it JSONL or CSV?`,
      );
    }
  }
  if (restSize > 0) yield Buffer.concat(rest);
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(path: string, block: Buffer, firstLine: number): string {
  try {
    return decoder.decode(block);
  } catch {
    let line = firstLine;
    for (let start = 0; start < block.length; line += 1) {
      const end = block.indexOf(newline, start) + 1 || block.length;
      try {
        decoder.decode(block.subarray(start, end));
      } catch {
        break;
      }
      start = end;
    }
    throw new ManifestError(
      `Line ${line} of the manifest "${path}" is not UTF-8. Save it as UTF-8.`,
    );
  }
}

function countLines(block: Buffer): number {
  let count = 0;
  for (let at = block.indexOf(newline); at !== -1; at = block.indexOf(newline, at + 1)) count += 1;
  return count;
}

async function statsOf(path: string) {
  return stat(path).catch((cause) => {
    throw unreadable(path, cause);
  });
}

function unreadable(path: string, cause: NodeJS.ErrnoException): ManifestError {
  const reason = cause.code === 'ENOENT' ? 'it does not exist' : (cause.code ?? cause.message);
  return new ManifestError(`Cannot read the manifest "${path}": ${reason}.`, { cause });
}
