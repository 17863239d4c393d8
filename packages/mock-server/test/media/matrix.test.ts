import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspectMedia } from '../../dist/media/inspect-media.js';
import { renderPreview } from '../../dist/media/render-preview.js';
import { sizes } from '../sizes.ts';
import { decodeMedia, readVideoPackets } from './decoded-media.ts';
import { sampleMedia } from './sample-media.ts';
import { makeSmaller } from './smaller-clip.ts';
import { centred, correlation, excerpt, loudness, loudnessCurve } from './sound-comparison.ts';
import { heardAt, heardStretch } from './sync-modes.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

const clips = [
  {
    name: 'a clip of 25 frames a second',
    path: await makeSmaller('clip', { width: 160, height: 90 }),
    largerPath: await makeSmaller(
      'clip',
      { width: 320, height: 180 },
      400_000,
      sizes.qualitySeconds,
    ),
    copiedIn: ['MP4', 'MOV'] as const,
  },
  {
    name: 'a clip of 30 frames a second',
    path: await makeSmaller('secondClip', { width: 160, height: 120 }),
    largerPath: await makeSmaller(
      'secondClip',
      { width: 320, height: 240 },
      400_000,
      sizes.qualitySeconds,
    ),
    copiedIn: ['WEBM'] as const,
  },
];
const voices = [
  { name: 'a shorter voice', path: sampleMedia.shortLine },
  { name: 'a longer voice', path: sampleMedia.longLine },
];
const formats = ['MP4', 'WEBM', 'MOV'] as const;
const modes = ['bounce', 'cut_off', 'silence', 'remap'] as const;

/** How much is compared at each instant, and how far an encoder smears a sharp edge; seconds. */
const windowSeconds = 0.2;
const edgeSeconds = 0.03;
/** Speech is louder, a pause in it is not. */
const speechLoudness = 0.02;

describe.each(clips)('$name', async (clip) => {
  const clipIndex = clips.indexOf(clip);
  const input = await decodeMedia(clip.path);
  const facts = await inspectMedia(clip.path);
  const frameSeconds = 1 / (facts.video?.frameRate ?? 0);
  const videoSeconds = input.frameTimes.length * frameSeconds;
  const inputPackets = await readVideoPackets(clip.path);

  /** Renders, decodes all of it, and checks what holds for every output. */
  async function render(
    job: Pick<Parameters<typeof renderPreview>[0], 'voice' | 'syncMode' | 'outputFormat'>,
  ) {
    const outputPath = join(await createTemporaryFolder(), 'out');
    await renderPreview({ videoPath: clip.path, outputQuality: 95, outputPath, ...job });
    const output = await decodeMedia(outputPath);
    const { video, audio } = await inspectMedia(outputPath);
    expect(output.frameSizes).toEqual(input.frameSizes);
    expect(output.frameTimes).toHaveLength(input.frameTimes.length);
    expect(distance(video?.durationSeconds, videoSeconds)).toBeLessThan(frameSeconds);
    const isCopied = clip.copiedIn.some((format) => format === job.outputFormat);
    const packets = await readVideoPackets(outputPath);
    if (isCopied) expect(packets).toEqual(inputPackets);
    else expect(video?.codec).toBe(job.outputFormat === 'WEBM' ? 'vp9' : 'avc');
    return { sound: output.sound, audioSeconds: audio?.durationSeconds };
  }

  describe.each(voices)('with $name', async (given) => {
    const { path } = given;
    /** In turn, so that each mode meets each format with some clip and voice. */
    const formatsOf = (mode: number) =>
      sizes.allFormats
        ? formats
        : [formats[(mode + clipIndex + voices.indexOf(given)) % formats.length] ?? 'MP4'];
    const { sound: voice } = await decodeMedia(path);
    const voiceSeconds = (await inspectMedia(path)).durationSeconds;
    const audio = { kind: 'audio', path } as const;

    test.each(
      modes.flatMap((syncMode, mode) =>
        formatsOf(mode).map((outputFormat) => ({ syncMode, outputFormat })),
      ),
    )('and $syncMode in $outputFormat', async ({ syncMode, outputFormat }) => {
      const { sound, audioSeconds } = await render({ voice: audio, syncMode, outputFormat });
      const isCut = syncMode === 'cut_off' && voiceSeconds < videoSeconds;
      const wanted = isCut ? voiceSeconds : videoSeconds;
      expect(distance(audioSeconds, wanted)).toBeLessThan(frameSeconds);

      if (syncMode === 'remap') {
        expect(stretchLikeness(excerpt(sound, 0, videoSeconds), voice)).toBeGreaterThan(0.8);
        return;
      }
      let compared = 0;
      for (let moment = 0.05; moment + windowSeconds < videoSeconds; moment += 0.1) {
        const heard = heardAt(syncMode, moment, videoSeconds, voiceSeconds);
        const last = heardAt(syncMode, moment + windowSeconds, videoSeconds, voiceSeconds);
        const actual = excerpt(sound, moment, moment + windowSeconds);
        if (heard === 'nothing' || heard === 'silence') {
          const afterEdge = moment - voiceSeconds > edgeSeconds;
          if (afterEdge) expect(loudness(actual)).toBeLessThan(0.001);
          continue;
        }
        // A window in which the sound turns round or ends is compared by neither side.
        if (typeof last === 'string' || last.direction !== heard.direction) continue;
        const expected = heardStretch(voice, heard, windowSeconds);
        if (loudness(expected) < speechLoudness) continue;
        expect(correlation(actual, expected)).toBeGreaterThan(0.9);
        expect(Math.abs(correlation(actual, expected.toReversed()))).toBeLessThan(0.7);
        compared += 1;
      }
      expect(compared).toBeGreaterThan(10);
    });
  });

  test.each(formats)('with three segments in %s', async (outputFormat) => {
    const [shorter, longer] = [
      (await decodeMedia(sampleMedia.shortLine)).sound,
      (await decodeMedia(sampleMedia.longLine)).sound,
    ];
    const segments = [
      { startTime: 0.5, endTime: 1.25, path: sampleMedia.shortLine, audioStartTime: 0.5 },
      { startTime: 1.25, endTime: 2, path: sampleMedia.longLine, audioStartTime: 1 },
      {
        startTime: 2.5,
        endTime: 3.5,
        path: sampleMedia.longLine,
        audioStartTime: 3,
        audioEndTime: 3.5,
      },
    ];
    const { sound, audioSeconds } = await render({
      voice: { kind: 'segments', segments },
      syncMode: 'cut_off',
      outputFormat,
    });
    expect(distance(audioSeconds, videoSeconds)).toBeLessThan(frameSeconds);
    const heard: [from: number, to: number, source: Float32Array, at: number][] = [
      [0, 0.5, input.sound, 0],
      [0.5, 1.25, shorter, 0.5],
      [1.25, 2, longer, 1],
      [2, 2.5, input.sound, 2],
      [2.5, 3, longer, 3],
      [3.5, 3.9, input.sound, 3.5],
    ];
    for (const [from, to, source, at] of heard) {
      const actual = excerpt(sound, from + edgeSeconds, to - edgeSeconds);
      const expected = excerpt(source, at + edgeSeconds, at + to - from - edgeSeconds);
      expect(loudness(expected)).toBeGreaterThan(0.001);
      expect(correlation(actual, expected)).toBeGreaterThan(0.9);
    }
    expect(loudness(excerpt(sound, 3 + edgeSeconds, 3.5 - edgeSeconds))).toBeLessThan(0.001);
  });

  // Where its picture is copied from some quality on; `render-preview.test.ts` has the others. Of
  // a picture that is too small, several qualities have the same bitrate: the smallest there is.
  test.each(clip.copiedIn)(
    'is larger or as large with every step of quality in %s',
    async (format) => {
      const outputPath = join(await createTemporaryFolder(), 'out');
      const bytes: number[] = [];
      for (const outputQuality of sizes.qualities) {
        const { sizeBytes } = await renderPreview({
          videoPath: clip.largerPath,
          voice: { kind: 'audio', path: sampleMedia.shortLine },
          syncMode: 'cut_off',
          outputFormat: format,
          outputQuality,
          outputPath,
        });
        bytes.push(sizeBytes);
      }
      expect(bytes).toEqual(bytes.toSorted((left, right) => left - right));
      const encoded = sizes.qualities.filter((quality) => quality < 95);
      expect(new Set(bytes).size).toBe(encoded.length + 1);
    },
  );
});

function distance(actual: number | undefined, wanted: number): number {
  return Math.abs((actual ?? Number.NaN) - wanted);
}

/** How much a sound is like another that was stretched to its length; by its loudness over time. */
function stretchLikeness(sound: Float32Array, original: Float32Array): number {
  const [heard, spoken] = [loudnessCurve(sound), loudnessCurve(original)];
  const expected = heard.map(
    (_, index) => spoken[Math.floor((index * spoken.length) / heard.length)] ?? 0,
  );
  return correlation(centred(heard), centred(expected));
}
