import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Sync3Error } from '../../src/index.js';
import { file } from '../../src/node/index.js';

const folder = mkdtempSync(join(tmpdir(), 'sync3-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'a clip.MP4');
writeFileSync(path, '0123456789');

test('a file is a Blob with the size and type of the file', async () => {
  const blob = file(path);
  expect(blob).toBeInstanceOf(Blob);
  expect(blob.size).toBe(10);
  expect(blob.type).toBe('video/mp4');
  await expect(blob.text()).resolves.toBe('0123456789');
});

test.each([
  [0, 3, '012'],
  [4, undefined, '456789'],
  [-3, undefined, '789'],
  [2, -2, '234567'],
  [8, 100, '89'],
  [5, 5, ''],
  [7, 3, ''],
])('a slice from %i to %s holds %j, as that of any Blob', async (start, end, expected) => {
  const slice = file(path).slice(start, end);
  await expect(slice.text()).resolves.toBe(expected);
  await expect(new Blob(['0123456789']).slice(start, end).text()).resolves.toBe(expected);
  expect(slice.size).toBe(expected.length);
});

test('a slice of a slice', async () => {
  await expect(file(path).slice(2, 8).slice(1, 3).text()).resolves.toBe('34');
});

test.each([
  ['that does not exist', join(folder, 'none.mp4'), /it does not exist/],
  ['that is a folder', folder, /it is not a file/],
])('a path %s is an error that names it', (_, wrong, message) => {
  expect(() => file(wrong)).toThrow(Sync3Error);
  expect(() => file(wrong)).toThrow(message);
  expect(() => file(wrong)).toThrow(wrong);
});

test('an empty file is an error', () => {
  const empty = join(folder, 'empty.wav');
  writeFileSync(empty, '');
  expect(() => file(empty)).toThrow(/it is empty/);
});

test('a file that has shrunk since is an error, not a short upload', async () => {
  const shrinking = join(folder, 'shrinking.wav');
  writeFileSync(shrinking, 'long');
  const blob = file(shrinking);
  writeFileSync(shrinking, 'lo');
  await expect(blob.text()).rejects.toThrow(/has changed/);
});

test('a file that has grown since is read as it was announced', async () => {
  const growing = join(folder, 'growing.wav');
  writeFileSync(growing, 'long');
  const blob = file(growing);
  appendFileSync(growing, 'er');
  await expect(blob.text()).resolves.toBe('long');
});
