import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspectMedia } from '../../dist/media/inspect-media.js';
import { speak } from '../../dist/media/speak.js';
import { decodeMedia } from './decoded-media.js';
import { loudness } from './sound-comparison.js';
import { createTemporaryFolder } from './temporary-folder.js';

const TEXT = 'A sentence of some length, to be spoken at a steady pace.';

describe('speak', () => {
  test('makes a tone of about 15 characters a second without a speech program', async () => {
    const path = join(await createTemporaryFolder(), 'out.wav');
    const request = { text: TEXT, voice: 'auto', path, program: 'there-is-no-such-program' };
    expect(await speak(request)).toBe('tone');
    expect((await inspectMedia(path)).durationSeconds).toBeCloseTo(TEXT.length / 15, 1);
    expect(loudness((await decodeMedia(path)).sound)).toBeGreaterThan(0.02);
  });

  test('makes a tone when the speech program fails', async () => {
    const folder = await createTemporaryFolder();
    const program = await createProgram(folder, 'process.exit(1);');
    const path = join(folder, 'out.wav');
    expect(await speak({ text: TEXT, voice: 'auto', path, program })).toBe('tone');
  });

  test('hands the text over as it is, never to a shell, and the voice only when it is a name', async () => {
    const folder = await createTemporaryFolder();
    const program = await createProgram(
      folder,
      `const { readFileSync, writeFileSync } = require('node:fs');
       const options = process.argv.slice(2);
       const path = options[options.indexOf('-w') + 1];
       writeFileSync(path, JSON.stringify({ options, text: readFileSync(0, 'utf8') }));`,
    );
    const text = '--help $(exit 1) `exit 1` "quoted" ü\n- and a line';
    const path = join(folder, 'heard.json');
    const hear = async (voice: string): Promise<{ options: string[]; text: string }> => {
      expect(await speak({ text, voice, path, program })).toBe('espeak-ng');
      return JSON.parse(await readFile(path, 'utf8'));
    };
    expect(await hear('en-gb')).toEqual({
      text,
      options: ['-v', 'en-gb', '-b', '1', '--stdin', '-w', path],
    });
    for (const voice of ['auto', '--help', '../voice', '21m00Tcm4TlvDq8ikWAM']) {
      expect((await hear(voice)).options).toEqual(['-b', '1', '--stdin', '-w', path]);
    }
  });

  test('stops with the reason of its signal', async () => {
    const folder = await createTemporaryFolder();
    const program = await createProgram(folder, 'setInterval(() => undefined, 1000);');
    const controller = new AbortController();
    const reason = new Error('Be quiet.');
    const path = join(folder, 'out.wav');
    const spoken = speak({ text: TEXT, voice: 'auto', path, program, signal: controller.signal });
    controller.abort(reason);
    await expect(spoken).rejects.toBe(reason);
  });
});

/** A program that runs a script with the Node of this test. */
async function createProgram(folder: string, script: string): Promise<string> {
  const path = join(folder, 'program.cjs');
  await writeFile(path, `#!${process.execPath}\n${script}`);
  await chmod(path, 0o755);
  return path;
}
