import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type LineProblem, Manifest, planBatch } from '@sync3/batch';
import { expect, test } from 'vitest';
import { findItems } from '../../src/ledger/item.ts';
import { isMedium } from '../../src/manifest/is-medium.ts';
import { isLocalPath, MediaFiles } from '../../src/manifest/media-files.ts';
import { openFresh, temporaryFolder } from '../database/fresh-database.ts';
import { tinyVideo, tinyVoice } from '../work/tiny-media.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const [one, other] = [tinyVoice(100), tinyVoice(300)];

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
  writeFileSync(join(folder, 'media/talk.mp4'), tinyVideo);
  writeFileSync(join(folder, 'voice one.wav'), one);
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
    { pointer: '/inputs/video', sha256: sha256(tinyVideo), path: join(folder, 'media/talk.mp4') },
    {
      pointer: '/settings/segments/0/audio',
      sha256: sha256(one),
      path: join(folder, 'voice one.wav'),
    },
    { pointer: '/settings/segments/1/audio', sha256: sha256(one), path: join(folder, 'link.wav') },
  ]);
  expect(item?.parameters).toMatchObject({
    settings: { segments: [{ startTime: 0.3, audio: `sha256:${sha256(one)}` }, {}] },
  });
  const uploads = await database.query<{ path: string }>('select path, bytes from sync3.upload');
  expect(uploads.every(({ path }) => path.startsWith(folder))).toBe(true);
  expect(uploads).toHaveLength(2);
});

test('the payload follows the content of a file, not its name', async () => {
  const { database } = await openFresh('postgres');
  const directory = temporaryFolder();
  writeFileSync(join(directory, 'a.mp4'), one);
  writeFileSync(join(directory, 'b.mp4'), one);
  const item = (video: string) => ({
    key: 'clip',
    params: { inputs: { video, audio: 'https://example.com/a.wav' } },
  });
  await planBatch([item('a.mp4')], database, { directory });
  expect(await planBatch([item('b.mp4')], database, { directory })).toMatchObject({ known: 1 });
  writeFileSync(join(directory, 'a.mp4'), other);
  await expect(planBatch([item('a.mp4')], database, { directory })).rejects.toMatchObject({
    difference: { changed: 1, changes: [{ key: 'clip' }] },
  });
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
  writeFileSync(path, one);
  const bytes = one.length;
  expect(await files.identify('a.mp4')).toEqual({ path, bytes, sha256: sha256(one) });
  expect(await files.identify('./a.mp4')).toEqual({ path, bytes, sha256: sha256(one) });
  writeFileSync(path, other);
  expect(await files.identify('a.mp4')).toEqual({ path, bytes, sha256: sha256(other) });
});

test('a file that lies outside of the roots, or is no medium, is a wrong line and is not read', async () => {
  const { database } = await openFresh('postgres');
  const [directory, elsewhere] = [temporaryFolder(), temporaryFolder()];
  writeFileSync(join(elsewhere, 'voice.wav'), one);
  writeFileSync(join(elsewhere, 'secret'), 'root:x:0:0');
  writeFileSync(join(directory, 'notes.mp4'), 'no video at all');
  symlinkSync(join(elsewhere, 'secret'), join(directory, 'link.mp4'));
  symlinkSync(elsewhere, join(directory, 'folder'));
  const videos = [
    '/etc/passwd',
    join('..', basename(elsewhere), 'voice.wav'),
    'link.mp4',
    'folder/voice.wav',
    'notes.mp4',
  ];
  const items = videos.map((video) => ({
    params: { inputs: { video, audio: 'https://example.com/a.wav' } },
  }));
  const plan = async (mediaRoots: string[]) => {
    const error = await planBatch(items, database, { directory, mediaRoots }).catch(
      (thrown) => thrown,
    );
    return error.problems.map(({ line, reason }: LineProblem) => `${line} ${reason}`);
  };
  const outside = expect.stringContaining('lies outside of the folder of the manifest');
  expect(await plan([])).toEqual([
    ...[1, 2, 3, 4].map((line) => expect.stringMatching(new RegExp(`^${line} .* lies outside of`))),
    '5 The file "' +
      join(directory, 'notes.mp4') +
      '" is neither a video nor audio, by its first bytes.',
  ]);
  expect(await plan([elsewhere])).toEqual([
    outside,
    expect.stringMatching(/^3 .*link.mp4" is neither a video nor audio/),
    expect.stringMatching(/^5 .*notes.mp4" is neither a video nor audio/),
  ]);
});

test.each([
  ['MP4', tinyVideo.subarray(0, 64)],
  ['WAV', one.subarray(0, 64)],
  ['MOV', bytesOf('00000014667479707174202000000200717420200000')],
  ['M4A', bytesOf('0000001c667479704d344120000000004d3441206d703432')],
  ['WebM', bytesOf('1a45dfa39f4286810142f7810142f2810442f381084282847765626d4287810442858102')],
  ['Matroska', bytesOf('1a45dfa3a34286810142f7810142f2810442f381084282886d6174726f736b6142878104')],
  ['MP3', bytesOf('fffb9064000000000000')],
  ['FLAC', bytesOf('664c614300000022')],
  ['AAC', bytesOf('fff15080')],
  [
    'Ogg',
    Buffer.concat([
      bytesOf('4f67675300020000000000000000000000000000000000000000011e'),
      Buffer.from('\x01vorbis'),
    ]),
  ],
  ['MPEG-TS', tsBytes()],
])('%s is a medium, by its first bytes', async (_, bytes) => {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, Buffer.concat([bytes, Buffer.alloc(400)]));
  expect(await isMedium(path)).toBe(true);
});

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}

/** Packets of 188 bytes, each of which begins with 0x47. */
function tsBytes(): Buffer {
  return Buffer.alloc(188 * 3, Buffer.concat([Buffer.from([0x47]), Buffer.alloc(187)]));
}
