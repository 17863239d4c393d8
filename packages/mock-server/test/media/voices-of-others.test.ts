import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { registerMediabunnyServer } from '@mediabunny/server';
import { Mp3OutputFormat, Quality } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import { openVoice } from '../../dist/media/open-voice.js';
import { convertMedia } from './convert-media.ts';
import { sampleMedia } from './sample-media.ts';
import { correlation, loudness } from './sound-comparison.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

registerMediabunnyServer({ hardwareContext: null });

/** Where the sound of the sample voice begins, in bytes: it is a WAV of one channel at 22,050 Hz. */
const sampleStart = 44;

/** 3 dB less. */
const half = Math.SQRT1_2;

/** A voice as a render hears it: both sides at 48 kHz, from its beginning. */
async function heard(
  path: string,
  seconds = 3,
): Promise<{ left: Float32Array; right: Float32Array }> {
  const { input, reader } = await openVoice(path, 'voice');
  try {
    const frames = seconds * 48_000;
    const [left, right] = [new Float32Array(frames), new Float32Array(frames)];
    let at = 0;
    for await (const chunk of reader.read(0, frames, 2)) {
      for (let index = 0; index < chunk.length; index += 2) {
        left[at] = chunk[index] ?? 0;
        right[at] = chunk[index + 1] ?? 0;
        at += 1;
      }
    }
    return { left, right };
  } finally {
    input.dispose();
  }
}

/** The sample voice as a WAV of several channels, in which it is on some. */
async function onChannels(channels: number, speaking: readonly number[]): Promise<string> {
  const sample = await readFile(sampleMedia.shortLine);
  const samples = (sample.length - sampleStart) / 2;
  const wav = Buffer.alloc(sampleStart + samples * channels * 2);
  sample.copy(wav, 0, 0, sampleStart);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.writeUInt16LE(channels, 22);
  wav.writeUInt32LE(22_050 * channels * 2, 28);
  wav.writeUInt16LE(channels * 2, 32);
  wav.writeUInt32LE(samples * channels * 2, 40);
  for (let index = 0; index < samples; index += 1) {
    const value = sample.readInt16LE(sampleStart + index * 2);
    for (const channel of speaking) {
      wav.writeInt16LE(value, sampleStart + (index * channels + channel) * 2);
    }
  }
  const path = join(await createTemporaryFolder(), 'voice.wav');
  await writeFile(path, wav);
  return path;
}

describe('a voice of several channels is mixed down as ffmpeg does (ITU-R BS.775):', () => {
  // Levels of left and right, as part of the voice alone.
  test.each([
    ['5.1, in the centre', 6, [2], [half, half]],
    ['5.1, in front', 6, [0, 1], [1, 1]],
    ['5.1, behind on the left', 6, [4], [half, 0]],
    ['5.1, in the bass', 6, [3], [0, 0]],
    ['quad, in front', 4, [0, 1], [1, 1]],
    ['5.0, in the centre', 5, [2], [half, half]],
    ['7.1, in the centre', 8, [2], [half, half]],
    ['one channel', 1, [0], [1, 1]],
  ] as const)('%s', async (_, channels, speaking, [left, right]) => {
    const alone = loudness((await heard(sampleMedia.shortLine)).left);
    const mixed = await heard(await onChannels(channels, speaking));
    // 0.5 dB are 6 %.
    expect(Math.abs(loudness(mixed.left) / alone - left)).toBeLessThan(0.06);
    expect(Math.abs(loudness(mixed.right) / alone - right)).toBeLessThan(0.06);
  });
});

describe('a WAV whose writer did not know its length', () => {
  const written = async (riff: number, data: number, length?: number): Promise<string> => {
    const wav = await readFile(sampleMedia.shortLine);
    wav.writeUInt32LE(riff, 4);
    wav.writeUInt32LE(data, 40);
    const path = join(await createTemporaryFolder(), 'voice.wav');
    await writeFile(path, wav.subarray(0, length));
    return path;
  };

  test.each([
    ['0 and 0', 0, 0],
    ['0xFFFFFFFF', 0xffff_ffff, 0xffff_ffff],
    ['2,000,000,000 bytes', 2_000_000_036, 2_000_000_000],
    ['a gibibyte', 2 ** 30 + 36, 2 ** 30],
    ['0 beside a RIFF size that is right', 149_564, 0],
  ])('but wrote %s is heard to its end', async (_, riff, data) => {
    const path = await written(riff, data);
    const { input, reader } = await openVoice(path, 'voice');
    expect(reader.durationSeconds).toBeCloseTo(3.39, 2);
    input.dispose();
    const original = (await heard(sampleMedia.shortLine)).left;
    expect(correlation((await heard(path)).left, original)).toBeGreaterThan(0.999);
  });

  test('is not taken for one that was cut short', async () => {
    const path = await written(149_564, 149_528, 100_000);
    await expect(openVoice(path, 'voice')).rejects.toThrow('is cut short');
  });
});

describe('an MP3 whose encoder has put silence in front', () => {
  /** The sample voice as MP3; its first frame says what LAME says, or nothing. */
  async function mp3(sampleRate: number, delay: number | undefined): Promise<string> {
    const path = join(await createTemporaryFolder(), 'voice.mp3');
    const quality = new Quality({ bitrate: 128_000 });
    await convertMedia(sampleMedia.shortLine, path, new Mp3OutputFormat(), {
      audio: { codec: 'mp3', sampleRate, numberOfChannels: 1, quality },
    });
    const bytes = await readFile(path);
    const tag = Math.max(bytes.indexOf('Xing'), bytes.indexOf('Info'));
    expect(tag).toBeGreaterThan(0);
    if (delay === undefined) return path;
    // With the counts of frames and bytes, and without the table, the frame has room for the rest.
    const encoder = tag + 8 + 8;
    const file = await open(path, 'r+');
    await file.write(Buffer.from([0, 0, 0, 3]), 0, 4, tag + 4);
    await file.write(Buffer.from('LAME3.100'), 0, 9, encoder);
    await file.write(Buffer.from([delay >> 4, (delay & 15) << 4, 0]), 0, 3, encoder + 21);
    await file.close();
    return path;
  }

  test.each([48_000, 44_100, 24_000])('is heard in time at %i Hz', async (sampleRate) => {
    const original = (await heard(sampleMedia.shortLine)).left;
    const told = (await heard(await mp3(sampleRate, 576))).left;
    const untold = (await heard(await mp3(sampleRate, undefined))).left;
    expect(correlation(told, original)).toBeGreaterThan(0.9);
    expect(correlation(untold, original)).toBeLessThan(0.7);
  });
});
