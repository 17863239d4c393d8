import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeMedia } from '../../../packages/mock-server/test/media/decoded-media.ts';
import { sampleMedia } from '../../../packages/mock-server/test/media/sample-media.ts';
import {
  correlationWithin,
  excerpt,
} from '../../../packages/mock-server/test/media/sound-comparison.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync3 first job '));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs what `npm start` runs, in a folder of its own. */
async function start(...args: string[]) {
  const { RUNWARE_API_KEY: _, INIT_CWD: __, ...env } = process.env;
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, output, errors };
}

// What other voices and videos give is tested where they are rendered, in packages/mock-server.
test('the file that is left has every frame of the video and the new voice', async () => {
  const { clip: video, shortLine: audio } = sampleMedia;
  const output = join(folder, 'out.mp4');
  const run = await start('--video', video, '--audio', audio, '--output', output);
  expect(run).toMatchObject({ code: 0, errors: '' });
  expect(run.output).toMatch(/Violations +0 /);
  expect(run.output).toMatch(/Cost +[\d.]+ USD/);

  const [made, voice] = [await decodeMedia(output), await decodeMedia(audio)];
  expect(made.frameTimes).toHaveLength(125);
  expect(made.frameSizes).toEqual(['640x360']);
  // An AAC encoder may come in some milliseconds late.
  const spoken = excerpt(voice.sound, 0.5, 2.5);
  expect(correlationWithin(spoken, excerpt(made.sound, 0.45, 2.6), 0.1)).toBeGreaterThan(0.95);
});

test('paths with spaces, relative to where the user stands, are taken', async () => {
  await mkdir(join(folder, 'my files'));
  await copyFile(sampleMedia.clip, join(folder, 'my files', 'my clip.mp4'));
  const run = await start('--video', 'my files/my clip.mp4', '--output', 'my files/my output.mp4');
  expect(run).toMatchObject({ code: 0, errors: '' });
  const { frameTimes } = await decodeMedia(join(folder, 'my files', 'my output.mp4'));
  expect(frameTimes).toHaveLength(125);
});

describe('one clear line and exit code 2 for', () => {
  test.each([
    ['a video that does not exist', ['--video', 'none.mp4'], /none\.mp4.*does not exist/],
    ['a folder in the place of the audio', ['--audio', '.'], /is not a file/],
    ['a video that is text', ['--video', 'text.mp4'], /text\.mp4/],
    ['an empty file', ['--audio', 'empty.wav'], /empty\.wav.*is empty/],
    ['a voice without a sound track', ['--video', sampleMedia.shortLine], /no video track/],
    ['a folder in the place of the output', ['--output', '.'], /Cannot write .* not a file/],
    ['an unknown option', ['--vidoe', 'x'], /--vidoe/],
  ])(
    '%s',
    async (_, args, message) => {
      await writeFile(join(folder, 'text.mp4'), 'This is no video.');
      await writeFile(join(folder, 'empty.wav'), '');
      const { code, output, errors } = await start(...args);
      expect({ code, output }).toEqual({ code: 2, output: '' });
      expect(errors.trim().split('\n')).toHaveLength(1);
      expect(errors).toMatch(message);
    },
    30_000,
  );
});

test('--live without a key says which variable to set', async () => {
  const { code, errors } = await start('--live');
  expect(code).toBe(1);
  expect(errors).toContain('RUNWARE_API_KEY');
});
