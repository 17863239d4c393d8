import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { MediaError, type MediaRole } from './media-error.js';
import { readAt } from './read-at.js';
import { findExcessiveCount } from './sample-tables.js';

/** Largest index that is read, in bytes: three hours at 60 frames a second take 20 MiB. */
const LARGEST_INDEX = 64 * 1024 * 1024;

/** What an MP4 or QuickTime file may begin with. */
const FIRST_BOXES = new Set([
  'ftyp',
  'moov',
  'moof',
  'styp',
  'mdat',
  'wide',
  'free',
  'skip',
  'pnot',
]);

/**
 * Checks that reading a file takes work in proportion to its length. The library that reads
 * containers believes the counts of an MP4: one wrong byte in a table of times costs it minutes of
 * processor time. Files of other kinds pass.
 *
 * @throws MediaError when a count of an MP4 is more than the file can hold
 */
export async function assertBounded(path: string, role: MediaRole): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    for await (const index of indexesOf(file, size)) {
      const excessive = index === 'too large' ? index : findExcessiveCount(index, size);
      if (excessive) throw damaged(path, role);
    }
  } finally {
    await file.close();
  }
}

/** The boxes that say where the samples are: `moov`, and `moof` in fragmented files. */
async function* indexesOf(file: FileHandle, size: number): AsyncGenerator<Buffer | 'too large'> {
  let at = 0;
  while (at + 8 <= size) {
    const header = await readAt(file, at, 16);
    const type = header.toString('latin1', 4, 8);
    if (at === 0 && !FIRST_BOXES.has(type)) return;
    const short = header.readUInt32BE(0);
    const long = short === 1 && header.length === 16 ? Number(header.readBigUInt64BE(8)) : short;
    const length = long === 0 ? size - at : Math.min(long, size - at);
    // No box can begin here; what is behind it is not read as one, either.
    if (length < 8) return;
    if (type === 'moov' || type === 'moof') {
      yield length > LARGEST_INDEX ? 'too large' : await readAt(file, at, length);
    }
    at += length;
  }
}

function damaged(path: string, role: MediaRole): MediaError {
  return new MediaError(
    role,
    `The ${role} (${basename(path)}) is damaged: its index counts more pictures or sounds than a ` +
      'file of its length can hold. Write the file anew, for example by exporting it again.',
  );
}
