import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest, planBatch } from '@sync3/batch';
import { expect, test } from 'vitest';
import { findItems } from '../../src/ledger/item.ts';
import { isLocalPath, MediaFiles } from '../../src/manifest/media-files.ts';
import { openFresh, temporaryFolder } from '../database/fresh-database.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('what is neither a URL nor a UUID is a path', () => {
  const paths = ['a.mp4', './a.mp4', '../a.mp4', '/a', 'C:\\a.mp4', 'C:/a.mp4', 'a b:c', '', '1:2'];
  expect(paths.filter((value) => !isLocalPath(value))).toEqual([]);
  const others = [
    'https://example.com/a.mp4',
    'HTTP://x',
    'data:video/mp4;base64,AA==',
    'http://not a url',
    'file:///a.mp4',
    '0F8FAD5B-d9cb-469f-a165-70867728950e',
    'urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e',
  ];
  expect(others.filter(isLocalPath)).toEqual([]);
});

test('media in all places are found beside the manifest, and named by their content', async () => {
  const { database } = await openFresh('postgres');
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'media'));
  writeFileSync(join(folder, 'media/talk.mp4'), 'video');
  writeFileSync(join(folder, 'voice one.wav'), 'voice');
  symlinkSync(join(folder, 'voice one.wav'), join(folder, 'link.wav'));
  const segment = { startTime: 0.1 + 0.2, endTime: 2, audio: 'voice one.wav' };
  const segments = [
    segment,
    { ...segment, startTime: 3, endTime: 4, audio: join(folder, 'link.wav') },
  ];
  const lines = [{ inputs: { video: 'media/talk.mp4' }, settings: { segments } }];
  const path = join(folder, 'clips.jsonl');
  writeFileSync(path, lines.map((each) => JSON.stringify(each)).join('\n'));
  await planBatch(new Manifest(path), database);
  const [item] = await findItems(database, 'true');
  expect(item?.media).toEqual([
    { pointer: '/inputs/video', sha256: sha256('video') },
    { pointer: '/settings/segments/0/audio', sha256: sha256('voice') },
    { pointer: '/settings/segments/1/audio', sha256: sha256('voice') },
  ]);
  expect(item?.parameters).toMatchObject({
    settings: { segments: [{ startTime: 0.3, audio: `sha256:${sha256('voice')}` }, {}] },
  });
  const uploads = await database.query<{ path: string }>('select path, bytes from sync3.upload');
  expect(uploads.every(({ path }) => path.startsWith(folder))).toBe(true);
  expect(uploads).toHaveLength(2);
});

test('the payload follows the content of a file, not its name', async () => {
  const { database } = await openFresh('postgres');
  const directory = temporaryFolder();
  writeFileSync(join(directory, 'a.mp4'), 'one');
  writeFileSync(join(directory, 'b.mp4'), 'one');
  const item = (video: string) => ({
    key: 'clip',
    params: { inputs: { video, audio: 'https://example.com/a.wav' } },
  });
  await planBatch([item('a.mp4')], database, { directory });
  expect(await planBatch([item('b.mp4')], database, { directory })).toMatchObject({ known: 1 });
  writeFileSync(join(directory, 'a.mp4'), 'two');
  await expect(planBatch([item('a.mp4')], database, { directory })).rejects.toThrow(
    'The key "clip" has other parameters',
  );
});

test('files that are missing, empty, directories or misnamed are wrong lines', async () => {
  const { database } = await openFresh('postgres');
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'folder.mp4'));
  writeFileSync(join(directory, 'empty.mp4'), '');
  const videos = ['absent.mp4', 'folder.mp4', 'empty.mp4', 'a\0.mp4', 'empty.mp4/a.mp4'];
  const items = videos.map((video) => ({
    params: { inputs: { video, audio: 'https://example.com/a.wav' } },
  }));
  const error = await planBatch(items, database, { directory }).catch((thrown) => thrown);
  const at = (name: string) => join(directory, name);
  expect(error.problems).toEqual(
    [
      `There is no file "${at('absent.mp4')}".`,
      `"${at('folder.mp4')}" is not a file.`,
      `The file "${at('empty.mp4')}" is empty.`,
      'The path of the file has a NUL character.',
      `There is no file "${at('empty.mp4/a.mp4')}".`,
    ].map((reason, index) => ({
      line: index + 1,
      pointer: '/inputs/video',
      reason,
      severity: 'error',
    })),
  );
});

test('a Blob is refused, as no ledger can keep it', async () => {
  const { database } = await openFresh('postgres');
  const params = { inputs: { video: new Blob(['a']), audio: new URL('https://example.com/a') } };
  await expect(planBatch([{ params }], database)).rejects.toThrow('It has a Blob');
});

test('a file is read again when it has changed, and not when it has not', async () => {
  const directory = temporaryFolder();
  const files = new MediaFiles(directory);
  const path = join(directory, 'a.mp4');
  writeFileSync(path, 'one');
  expect(await files.identify('a.mp4')).toEqual({ path, bytes: 3, sha256: sha256('one') });
  expect(await files.identify('./a.mp4')).toEqual({ path, bytes: 3, sha256: sha256('one') });
  writeFileSync(path, 'other');
  expect(await files.identify('a.mp4')).toEqual({ path, bytes: 5, sha256: sha256('other') });
});
