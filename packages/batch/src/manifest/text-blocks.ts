import { ManifestError } from '../errors/manifest-error.js';

/** Whole lines of a file. */
export interface TextBlock {
  text: string;
  /** Number of the first line, from 1. */
  firstLine: number;
}

/** Most bytes of a line. */
export const longestLine = 10 * 1024 * 1024;
const newline = 0x0a;

/**
 * Divides UTF-8 into blocks of whole lines, so that no more than a line and a piece are in memory. A byte
 * order mark is taken away; line ends stay as they are.
 *
 * @param name of the manifest, for messages.
 * @throws {ManifestError} it is not UTF-8, or has a line of more than 10 MiB.
 */
export async function* textBlocks(
  name: string,
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<TextBlock, void, undefined> {
  let firstLine = 1;
  for await (const block of wholeLines(name, pieces, () => firstLine)) {
    const text = decode(name, block, firstLine);
    yield { text: firstLine === 1 ? text.replace(/^\uFEFF/, '') : text, firstLine };
    firstLine += countLines(block);
  }
}

/** Pieces that end where a line ends; the last may end without. */
async function* wholeLines(name: string, pieces: AsyncIterable<Buffer>, firstLine: () => number) {
  let rest: Buffer[] = [];
  let restSize = 0;
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(newline) + 1;
    if (end === 0) {
      rest.push(piece);
      restSize += piece.length;
    } else {
      yield Buffer.concat([...rest, piece.subarray(0, end)]);
      rest = [piece.subarray(end)];
      restSize = piece.length - end;
    }
    if (restSize > longestLine) {
      throw new ManifestError(
        `Line ${firstLine()} of the manifest "${name}" is longer than 10 MiB. Is it JSONL or CSV?`,
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
