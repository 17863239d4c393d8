import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Sync3, Sync3Error } from '../../src/index.js';
import { file } from '../../src/node/index.js';
import { cooperative, startScriptedServer } from '../http/scripted-server.js';

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

test.each([
  ['has shrunk', 'lo'],
  ['has grown', 'longer'],
])('a file that %s since is an error, not another upload', async (_, text) => {
  const changing = join(folder, 'changing.wav');
  writeFileSync(changing, 'long');
  utimesSync(changing, 1, 1);
  const blob = file(changing);
  writeFileSync(changing, text);
  await expect(blob.text()).rejects.toThrow(/it has changed/);
});

test('a file that is gone by the time of its upload is an error at once, not a lost connection', async () => {
  const gone = join(folder, 'gone.wav');
  writeFileSync(gone, 'long');
  const blob = file(gone);
  rmSync(gone);
  const retries: unknown[] = [];
  const hooks = { onRetry: (event: unknown) => retries.push(event) };
  const { url } = await startScriptedServer(cooperative);
  const sync3 = new Sync3({ baseUrl: url, apiKey: 'key', hooks });
  const error = await sync3.media.upload(blob).catch((caught) => caught);
  expect(error).toMatchObject({ name: 'Sync3Error', retryable: false });
  expect(error.message).toContain(gone);
  expect(retries).toEqual([]);
});

test.each([undefined, 7, null, new URL(`file://${path}`), Symbol('path')])(
  'what is no path is an error of this package: %s',
  (wrong) => {
    const taken = () => file(wrong as never);
    expect(taken).toThrow(Sync3Error);
    expect(taken).toThrow(String(wrong));
  },
);

test('an error of a file has a code, its advice apart, and its cause', () => {
  const none = join(folder, 'none.mp4');
  let error: unknown;
  try {
    file(none);
  } catch (caught) {
    error = caught;
  }
  expect(error).toMatchObject({
    code: 'fileNotReadable',
    summary: `Cannot read "${none}": it does not exist.`,
    cause: { code: 'ENOENT' },
  });
  expect((error as Sync3Error).message).toMatch(/Check the path/);
});

test('a file that has changed says to take it anew', async () => {
  const changed = join(folder, 'changed.wav');
  writeFileSync(changed, 'long');
  const blob = file(changed);
  writeFileSync(changed, 'longer');
  await expect(blob.text()).rejects.toMatchObject({
    code: 'fileNotReadable',
    message: expect.stringMatching(/Call file\(path\) again/),
  });
});
