import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inspectMedia } from '../../dist/media/inspect-media.js';
import { findExcessiveCount } from '../../src/media/sample-tables.ts';
import { sampleMedia } from './sample-media.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

const clip = await readFile(sampleMedia.clip);

/** Where the entries of the n-th table of a type begin in the sample clip: behind its count. */
function entriesOf(type: string, nth = 0): number {
  let at = -1;
  for (let found = 0; found <= nth; found++) at = clip.indexOf(type, at + 1, 'latin1');
  return at + 12;
}

/** The clip with one byte changed. */
function withByte(place: number, value: number): Buffer {
  const changed = Buffer.from(clip);
  changed[place] = value;
  return changed;
}

async function inspect(bytes: Buffer) {
  const path = join(await createTemporaryFolder(), 'clip.mp4');
  await writeFile(path, bytes);
  return inspectMedia(path);
}

const damaged = { name: 'MediaError', message: expect.stringMatching(/index counts more/) };

describe('one byte of an index that stands for millions of samples is refused at once:', () => {
  // In the place of the highest byte of the count that an entry holds.
  test.each([
    ['a time offset (ctts)', entriesOf('ctts')],
    ['a later time offset', entriesOf('ctts') + 8 * 40],
    ['a duration (stts)', entriesOf('stts')],
    ['a duration of the sound', entriesOf('stts', 1)],
    ['a chunk (stsc)', entriesOf('stsc') + 4],
    ['a chunk of the sound', entriesOf('stsc', 1) + 4],
  ])('%s', async (_, place) => {
    await expect(inspect(withByte(place, 0xff))).rejects.toMatchObject(damaged);
    await expect(inspect(withByte(place + 1, 0x40))).rejects.toMatchObject(damaged);
  });

  test.each([
    ['offsets', 'ctts', entriesOf('ctts') - 1],
    ['durations', 'stts', entriesOf('stts') - 1],
    ['chunks', 'stsc', entriesOf('stsc') - 1],
    ['key frames', 'stss', entriesOf('stss') - 1],
    ['places', 'stco', entriesOf('stco') - 1],
    ['sizes', 'stsz', entriesOf('stsz') + 3],
  ])('one that makes a table of %s longer than its box (%s)', async (_, type, place) => {
    const changed = withByte(place, 0x7f);
    expect(findExcessiveCount(moovOf(changed), clip.length)).toMatchObject({ type, count: 0x7f });
    await expect(inspect(changed)).rejects.toMatchObject(damaged);
  });

  test('a run of a fragment (trun), whatever its samples are like', () => {
    const box = (type: string, content: Buffer) => {
      const size = Buffer.alloc(4);
      size.writeUInt32BE(content.length + 8);
      return Buffer.concat([size, Buffer.from(type), content]);
    };
    const run = (count: number) => {
      const content = Buffer.alloc(8);
      content.writeUInt32BE(count, 4);
      return box('moof', box('traf', box('trun', content)));
    };
    expect(findExcessiveCount(run(1001), 1000)).toMatchObject({ type: 'trun', count: 1001 });
    expect(findExcessiveCount(run(1000), 1000)).toBeUndefined();
  });
});

test('an undamaged clip passes, and one whose tables differ by a few samples', async () => {
  expect((await inspect(clip)).video?.frameCount).toBe(125);
  // The last duration stands for 255 frames more than there are.
  const place = entriesOf('stts') + 2;
  const tolerated = findExcessiveCount(moovOf(withByte(place, 0x01)), clip.length);
  expect(tolerated).toBeUndefined();
});

test('any bytes in an index are judged without an error, and refused for a count over its bound only', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.nat(moovOf(clip).length - 300),
      (bytes, at) => {
        const index = Buffer.from(moovOf(clip));
        index.set(bytes, at);
        const found = findExcessiveCount(index, clip.length);
        if (found) expect(found.count).toBeGreaterThan(found.most);
      },
    ),
    { numRuns: 200 },
  );
});

function moovOf(file: Buffer): Buffer {
  const at = file.indexOf('moov', 0, 'latin1') - 4;
  return file.subarray(at, at + file.readUInt32BE(at));
}
