import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { inspectMedia } from '../../dist/media/inspect-media.js';
import type { RenderedFile, RenderJob } from '../../dist/media/render-job.js';
import { renderPreview } from '../../dist/media/render-preview.js';
import { writeWav } from '../../dist/media/wav-file.js';
import { sizes } from '../sizes.js';
import { decodeMedia, readVideoPackets } from './decoded-media.js';
import { readableVideos, readableVoices } from './made-media.js';
import { sampleMedia } from './sample-media.js';
import { makeSmaller } from './smaller-clip.js';
import {
  centred,
  correlation,
  correlationWithin,
  excerpt,
  loudness,
  loudnessCurve,
} from './sound-comparison.js';
import { createTemporaryFolder } from './temporary-folder.js';

/** Half a codec packet of sound, in seconds: how far an encoder smears a sharp edge. */
const EDGE_SECONDS = 0.03;

const smallClip = await makeSmaller('clip', { width: 160, height: 90 });
const smallSecondClip = await makeSmaller('secondClip', { width: 160, height: 120 });
/** Of a smaller picture, several qualities have the same bitrate: the smallest there is. */
const qualityClip = await makeSmaller(
  'secondClip',
  { width: 320, height: 240 },
  400_000,
  sizes.qualitySeconds,
);
const shortLine = (await decodeMedia(sampleMedia.shortLine)).sound;
const longLine = (await decodeMedia(sampleMedia.longLine)).sound;
const shortSeconds = shortLine.length / 48_000;

describe('the picture', () => {
  test.each(['MP4', 'MOV', 'WEBM'] as const)('keeps frames and size in %s', async (format) => {
    for (const videoPath of sizes.allFormats
      ? [sampleMedia.clip, sampleMedia.secondClip]
      : [smallClip, smallSecondClip]) {
      const rendered = await render({ videoPath, outputFormat: format });
      const [input, output] = [await decodeMedia(videoPath), await decodeMedia(rendered.path)];
      expect(output.frameSizes).toEqual(input.frameSizes);
      expect(output.frameTimes).toHaveLength(input.frameTimes.length);
      for (const [index, seconds] of output.frameTimes.entries()) {
        // WEBM rounds to milliseconds.
        expect(seconds).toBeCloseTo(input.frameTimes[index] ?? Number.NaN, 2);
      }
    }
  });

  test('is copied as it is when the container takes its codec', async () => {
    const rendered = await render({ videoPath: sampleMedia.clip });
    expect((await inspectMedia(rendered.path)).video).toEqual(
      (await inspectMedia(sampleMedia.clip)).video,
    );
    expect(await readVideoPackets(rendered.path)).toEqual(await readVideoPackets(sampleMedia.clip));
  });

  test('is encoded again for another quality, larger the higher it is', async () => {
    for (const outputFormat of ['MP4', 'WEBM'] as const) {
      const bytes: number[] = [];
      for (const outputQuality of [20, 60, 99]) {
        const rendered = await render({ videoPath: qualityClip, outputFormat, outputQuality });
        expect((await inspectMedia(rendered.path)).video?.frameCount).toBe(
          30 * sizes.qualitySeconds,
        );
        bytes.push(rendered.sizeBytes);
      }
      expect(bytes).toEqual(bytes.toSorted((left, right) => left - right));
      expect(new Set(bytes).size).toBe(3);
    }
  });

  test.each(readableVideos)('$name is read', async ({ make }) => {
    const folder = await createTemporaryFolder();
    const videoPath = join(folder, 'input');
    await make(smallClip, videoPath);
    const input = await inspectMedia(videoPath);
    for (const outputFormat of ['MP4', 'WEBM'] as const) {
      const rendered = await render({ videoPath, outputFormat });
      const output = await inspectMedia(rendered.path);
      expect(output.video?.frameCount).toBe(input.video?.frameCount);
      expect(output.video?.width).toBe(input.video?.width);
      expect(output.video?.height).toBe(input.video?.height);
      expect(output.video?.rotationDegrees).toBe(input.video?.rotationDegrees);
      const { frameTimes, sound } = await decodeMedia(rendered.path);
      expect(frameTimes[0]).toBe(0);
      expect(correlation(sound, shortLine)).toBeGreaterThan(0.98);
    }
  });
});

describe('the voice', () => {
  test.each(['MP4', 'MOV', 'WEBM'] as const)('starts with the picture in %s', async (format) => {
    const { sound } = await decodeMedia((await render({ outputFormat: format })).path);
    expect(correlation(sound, shortLine)).toBeGreaterThan(0.98);
  });

  test('ends early with cut_off when it is shorter than the video', async () => {
    const { path } = await render({ syncMode: 'cut_off' });
    const { audio, video } = await inspectMedia(path);
    expect(audio?.durationSeconds).toBeCloseTo(shortSeconds, 1);
    expect(video?.durationSeconds).toBe(5);
  });

  test.each(['cut_off', 'silence'] as const)('is cut by %s when it is longer', async (syncMode) => {
    const voice = { kind: 'audio', path: sampleMedia.longLine } as const;
    const { path } = await render({ syncMode, voice });
    expect((await inspectMedia(path)).audio?.durationSeconds).toBeCloseTo(5, 1);
    const { sound } = await decodeMedia(path);
    expect(correlation(sound, longLine)).toBeGreaterThan(0.98);
    expect(loudness(excerpt(sound, 5 + EDGE_SECONDS, 6))).toBe(0);
  });

  test('is followed by silence to the end of the video with silence', async () => {
    const { path } = await render({ syncMode: 'silence' });
    expect((await inspectMedia(path)).audio?.durationSeconds).toBeCloseTo(5, 1);
    const { sound } = await decodeMedia(path);
    expect(correlation(sound, shortLine)).toBeGreaterThan(0.98);
    expect(loudness(excerpt(sound, shortSeconds + EDGE_SECONDS, 5))).toBeLessThan(0.0005);
  });

  test('runs backward after it ran forward with bounce', async () => {
    const { sound } = await decodeMedia((await render({ syncMode: 'bounce' })).path);
    const forward = excerpt(sound, 0, shortSeconds);
    const backward = excerpt(sound, shortSeconds, 5);
    expect(correlation(forward, shortLine)).toBeGreaterThan(0.98);
    expect(correlation(backward, shortLine.toReversed())).toBeGreaterThan(0.98);
    expect(Math.abs(correlation(backward, shortLine))).toBeLessThan(0.2);
  });

  test.each([
    ['stretched', sampleMedia.shortLine, shortLine],
    ['compressed', sampleMedia.longLine, longLine],
  ] as const)('is %s to the length of the video with remap', async (_, path, line) => {
    const rendered = await render({ syncMode: 'remap', voice: { kind: 'audio', path } });
    const { sound } = await decodeMedia(rendered.path);
    expect(sound.length / 48_000).toBeCloseTo(5, 1);
    const heard = loudnessCurve(excerpt(sound, 0, 5));
    const spoken = loudnessCurve(line);
    const expected = heard.map((_, index) => {
      return spoken[Math.floor((index * spoken.length) / heard.length)] ?? 0;
    });
    expect(correlation(centred(heard), centred(expected))).toBeGreaterThan(0.8);
  });

  test.each(readableVoices)('$name is read', async ({ make, delaySeconds }) => {
    const folder = await createTemporaryFolder();
    const path = join(folder, 'voice');
    await make(sampleMedia.shortLine, path);
    const rendered = await render({ voice: { kind: 'audio', path } });
    const { sound } = await decodeMedia(rendered.path);
    const line = excerpt(shortLine, 0, 1.5);
    expect(correlationWithin(line, sound, delaySeconds)).toBeGreaterThan(0.95);
  });

  test('is the sound of a video file when that is sent as audio', async () => {
    const voice = { kind: 'audio', path: sampleMedia.secondClip } as const;
    const { sound } = await decodeMedia((await render({ voice })).path);
    const { sound: music } = await decodeMedia(sampleMedia.secondClip);
    expect(correlation(sound, music)).toBeGreaterThan(0.95);
  });

  test.each(['MP4', 'WEBM'] as const)('may last only milliseconds in %s', async (format) => {
    const path = join(await createTemporaryFolder(), 'short.wav');
    for (const frames of [100, 1000, 3000]) {
      await writeWav(path, new Float32Array(frames).fill(0.5), 48_000);
      const voice = { kind: 'audio', path } as const;
      const rendered = await render({ voice, outputFormat: format });
      const { frameTimes, sound } = await decodeMedia(rendered.path);
      expect(frameTimes).toHaveLength(125);
      expect(loudness(excerpt(sound, 0, frames / 48_000))).toBeGreaterThan(0.1);
    }
  });

  test('speaks a text', async () => {
    const text = 'Good morning. This text is spoken by the emulator.';
    const folder = await createTemporaryFolder();
    const voice = { kind: 'speech', text, voice: 'auto' } as const;
    const { path } = await render({ voice, outputPath: join(folder, 'out.mp4') });
    const { audio } = await inspectMedia(path);
    expect(audio?.durationSeconds).toBeGreaterThan(1);
    expect(loudness((await decodeMedia(path)).sound)).toBeGreaterThan(0.01);
  });

  test('is a tone as long as the text where no speech program is installed', async () => {
    const folder = await createTemporaryFolder();
    vi.stubEnv('PATH', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const text = 'A text of two and a half seconds, nearly.';
    const voice = { kind: 'speech', text, voice: 'auto' } as const;
    const { path } = await render({ voice });
    const { audio } = await inspectMedia(path);
    // About 15 characters a second.
    expect(audio?.durationSeconds).toBeCloseTo(text.length / 15, 1);
    expect(loudness((await decodeMedia(path)).sound)).toBeGreaterThan(0.01);
  });
});

describe('segments', () => {
  test.each(['MP4', 'WEBM'] as const)('lie over the sound of the clip in %s', async (format) => {
    const voice = {
      kind: 'segments',
      segments: [
        { startTime: 1, endTime: 2, path: sampleMedia.longLine },
        {
          startTime: 3,
          endTime: 4.5,
          path: sampleMedia.longLine,
          audioStartTime: 2,
          audioEndTime: 3,
        },
      ],
    } as const;
    const { sound } = await decodeMedia((await render({ voice, outputFormat: format })).path);
    const { sound: music } = await decodeMedia(smallClip);
    const like = (from: number, to: number, other: Float32Array): number =>
      correlation(excerpt(sound, from + EDGE_SECONDS, to - EDGE_SECONDS), other);
    expect(like(0, 1, excerpt(music, EDGE_SECONDS, 1))).toBeGreaterThan(0.95);
    expect(like(1, 2, excerpt(longLine, EDGE_SECONDS, 1))).toBeGreaterThan(0.95);
    expect(like(2, 3, excerpt(music, 2 + EDGE_SECONDS, 3))).toBeGreaterThan(0.95);
    expect(like(3, 4, excerpt(longLine, 2 + EDGE_SECONDS, 3))).toBeGreaterThan(0.95);
    expect(loudness(excerpt(sound, 4 + EDGE_SECONDS, 4.5 - EDGE_SECONDS))).toBeLessThan(0.001);
    expect(like(4.5, 4.9, excerpt(music, 4.5 + EDGE_SECONDS, 4.9))).toBeGreaterThan(0.9);
  });
});

describe('the file', () => {
  test.each(['MP4', 'MOV', 'WEBM'] as const)('says in %s that it is a preview', async (format) => {
    const { tags } = await decodeMedia((await render({ outputFormat: format })).path);
    expect(tags.title).toBe('sync3 preview');
    expect(tags.comment).toMatch(/sync3 mock server.*lips are not animated/);
  });

  test('is as long and as large as the result says', async () => {
    const rendered = await render({});
    expect(rendered.durationSeconds).toBe(5);
    expect(rendered.sizeBytes).toBe((await stat(rendered.path)).size);
  });
});

async function render(job: Partial<RenderJob>): Promise<RenderedFile> {
  const folder = await createTemporaryFolder();
  return renderPreview({
    videoPath: smallClip,
    voice: { kind: 'audio', path: sampleMedia.shortLine },
    syncMode: 'cut_off',
    outputFormat: 'MP4',
    outputQuality: 95,
    outputPath: join(folder, 'out'),
    ...job,
  });
}
