/**
 * Counts in the boxes of MP4 and QuickTime files that say how often a reader has to do something;
 * some have no byte of the file for each time (ISO/IEC 14496-12: `stts`, `ctts`, `stsc`, `trun`).
 */

/** A box of a file, by the place of its content. */
interface Box {
  type: string;
  start: number;
  end: number;
}

/** Bytes of an entry of each table; behind its end a reader would take the next table for entries. */
const entryBytes: Record<string, number> = {
  stts: 8,
  ctts: 8,
  stsc: 12,
  stss: 4,
  stco: 4,
  co64: 8,
};

/** Boxes that hold the tables, or lead to them. */
const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'moof', 'traf']);

/** What a count is over its bound in. */
export interface ExcessiveCount {
  type: string;
  count: number;
  most: number;
}

/**
 * Looks for a count that the file cannot hold samples for.
 *
 * @param index a `moov` or a `moof` box, with its header.
 * @param fileBytes length of the file: a sample holds a byte or more.
 * @returns the first one, or `undefined`.
 */
export function findExcessiveCount(index: Buffer, fileBytes: number): ExcessiveCount | undefined {
  // Of each track on its own: it begins with its `trak` and ends with the next one.
  let counts: Omit<ExcessiveCount, 'most'>[] = [];
  let samples = 0;
  const judge = () => {
    // Writers exist that count a few samples more in one table than in another.
    const most = 2 * Math.min(samples, fileBytes) + 1000;
    return counts.map((each) => ({ ...each, most })).find(({ count }) => count > most);
  };
  for (const { type, start, end } of tablesOf(index)) {
    const width = entryBytes[type];
    const entries = at(index, start + 4, end);
    const room = Math.floor((end - start - 8) / (width ?? 1));
    if (width !== undefined && entries > room) return { type, count: entries, most: room };
    if (type === 'trak') {
      const excessive = judge();
      if (excessive) return excessive;
      counts = [];
      samples = 0;
    } else if (type === 'stsz' || type === 'stz2') {
      const count = at(index, start + 8, end);
      // A table of sizes, unless all samples have the one that stands there.
      const hasTable = type === 'stsz' && at(index, start + 4, end) === 0;
      const sizes = Math.floor((end - start - 12) / 4);
      if (hasTable && count > sizes) return { type, count, most: sizes };
      samples += count;
    } else if (type === 'stts' || type === 'ctts') {
      counts.push({ type, count: total(index, start + 8, end, 8, 0) });
    } else if (type === 'stsc') {
      counts.push({ type, count: largest(index, start + 8, end, 12, 4) });
    } else if (type === 'trun') {
      const count = at(index, start + 4, end);
      if (count > fileBytes) return { type, count, most: fileBytes };
    }
  }
  return judge();
}

/** Every box that is no container, and `trak`, in the order of the file. */
function* tablesOf(index: Buffer): Generator<Box> {
  let at = 0;
  while (at + 8 <= index.length) {
    const box = boxAt(index, at);
    if (!box) return;
    if (box.type === 'trak' || !containers.has(box.type)) yield box;
    // What a container holds comes next.
    at = containers.has(box.type) ? box.start : box.end;
  }
}

/** `undefined` where no box can begin. */
function boxAt(index: Buffer, offset: number): Box | undefined {
  const size = index.readUInt32BE(offset);
  const type = index.toString('latin1', offset + 4, offset + 8);
  const hasLongSize = size === 1 && offset + 16 <= index.length;
  const length = hasLongSize ? Number(index.readBigUInt64BE(offset + 8)) : size;
  const header = hasLongSize ? 16 : 8;
  if (length !== 0 && length < header) return undefined;
  const end = length === 0 ? index.length : Math.min(offset + length, index.length);
  return { type, start: offset + header, end };
}

/** The number at a place of a box, 0 behind its end. */
function at(index: Buffer, place: number, end: number): number {
  return place + 4 <= end ? index.readUInt32BE(place) : 0;
}

function total(index: Buffer, first: number, end: number, width: number, offset: number): number {
  let sum = 0;
  for (let entry = first; entry + width <= end; entry += width)
    sum += at(index, entry + offset, end);
  return sum;
}

function largest(index: Buffer, first: number, end: number, width: number, offset: number): number {
  let most = 0;
  for (let entry = first; entry + width <= end; entry += width) {
    most = Math.max(most, at(index, entry + offset, end));
  }
  return most;
}
