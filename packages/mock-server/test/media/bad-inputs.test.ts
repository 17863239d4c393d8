import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MediaError } from '../../dist/media/media-error.js';
import type { Voice } from '../../dist/media/render-job.js';
import { renderPreview } from '../../dist/media/render-preview.js';
import { sampleMedia } from './sample-media.js';
import { createTemporaryFolder } from './temporary-folder.js';

const goodVoice: Voice = { kind: 'audio', path: sampleMedia.shortLine };

/** Inputs that are no media, and what the error says about them. */
const brokenFiles: readonly [
  name: string,
  make: (path: string) => Promise<unknown>,
  says: RegExp,
][] = [
  ['a file that does not exist', async () => undefined, /cannot be opened/],
  ['an empty file', (path) => writeFile(path, ''), /is empty/],
  ['a directory', (path) => mkdir(path), /is not a file/],
  ['a text', (path) => writeFile(path, 'Hello! '.repeat(100)), /not a media file/],
  ['random bytes', (path) => writeFile(path, noise(20_000)), /not a media file/],
  ['half an MP4', (path) => cut(sampleMedia.clip, path, 0.5), /cut short/],
  ['an MP4 without its last bytes', (path) => cut(sampleMedia.clip, path, 0.99), /cut short/],
  ['half a WEBM', (path) => cut(sampleMedia.secondClip, path, 0.5), /cut short/],
  ['half a WAV', (path) => cut(sampleMedia.shortLine, path, 0.5), /cut short/],
];

describe.each(brokenFiles)('%s', (_, make, says) => {
  test('is a MediaError as the video and leaves nothing behind', async () => {
    const folder = await createTemporaryFolder();
    const path = join(folder, 'input.mp4');
    await make(path);
    const before = await readdir(folder);
    const error = await renderError(path, goodVoice, folder);
    expect(error).toMatchObject({ role: 'video', message: expect.stringMatching(says) });
    expect(await readdir(folder)).toEqual(before);
  });

  test('is a MediaError as the voice and leaves nothing behind', async () => {
    const folder = await createTemporaryFolder();
    const path = join(folder, 'input.wav');
    await make(path);
    const before = await readdir(folder);
    const error = await renderError(sampleMedia.clip, { kind: 'audio', path }, folder);
    expect(error).toMatchObject({ role: 'voice', message: expect.stringMatching(says) });
    expect(await readdir(folder)).toEqual(before);
  });
});

test('a video without a video track is a MediaError', async () => {
  const folder = await createTemporaryFolder();
  const error = await renderError(sampleMedia.shortLine, goodVoice, folder);
  expect(error).toMatchObject({ role: 'video', message: expect.stringMatching(/no video track/) });
});

test('a voice without sound is a MediaError', async () => {
  const folder = await createTemporaryFolder();
  const path = join(folder, 'silent.wav');
  const header = (await readFile(sampleMedia.shortLine)).subarray(0, 44);
  header.writeUInt32LE(36, 4);
  header.writeUInt32LE(0, 40);
  await writeFile(path, header);
  const error = await renderError(sampleMedia.clip, { kind: 'audio', path }, folder);
  expect(error).toMatchObject({ role: 'voice', message: expect.stringMatching(/no sound/) });
});

test('the error of a segment says which segment it is', async () => {
  const folder = await createTemporaryFolder();
  const segment = { startTime: 0, endTime: 1 };
  const segments = [
    { ...segment, path: sampleMedia.shortLine },
    { ...segment, path: join(folder, 'missing.wav') },
  ];
  const error = await renderError(sampleMedia.clip, { kind: 'segments', segments }, folder);
  expect(error.role).toBe('audio of segment 2');
  expect(error.message).toContain('audio of segment 2 (missing.wav)');
});

test('an older result stays when a job fails', async () => {
  const folder = await createTemporaryFolder();
  await writeFile(join(folder, 'out.mp4'), 'older result');
  await renderError(join(folder, 'missing.mp4'), goodVoice, folder);
  expect(await readFile(join(folder, 'out.mp4'), 'utf8')).toBe('older result');
});

async function renderError(videoPath: string, voice: Voice, folder: string): Promise<MediaError> {
  const result = await renderPreview({
    videoPath,
    voice,
    syncMode: 'silence',
    outputFormat: 'MP4',
    outputQuality: 95,
    outputPath: join(folder, 'out.mp4'),
  }).catch((error: unknown) => error);
  expect(result).toBeInstanceOf(MediaError);
  return result as MediaError;
}

async function cut(from: string, to: string, share: number): Promise<void> {
  const file = await readFile(from);
  await writeFile(to, file.subarray(0, Math.floor(file.length * share)));
}

/** Bytes without a pattern, the same every time. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state & 255;
  });
}
