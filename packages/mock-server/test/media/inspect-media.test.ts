import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspectMedia } from '../../dist/media/inspect-media.js';
import { MediaError } from '../../dist/media/media-error.js';
import { sampleMedia } from './sample-media.js';
import { createTemporaryFolder } from './temporary-folder.js';

describe('inspectMedia', () => {
  test('describes an MP4', async () => {
    expect(await inspectMedia(sampleMedia.clip)).toEqual({
      container: 'MP4',
      durationSeconds: expect.closeTo(5, 1),
      video: {
        codec: 'avc',
        width: 640,
        height: 360,
        rotationDegrees: 0,
        frameCount: 125,
        frameRate: 25,
        durationSeconds: 5,
      },
      audio: {
        codec: 'aac',
        sampleRate: 48_000,
        channels: 1,
        durationSeconds: expect.closeTo(5, 1),
      },
    });
  });

  test('describes a WEBM, down to the length of its last frame', async () => {
    expect(await inspectMedia(sampleMedia.secondClip)).toMatchObject({
      container: 'WebM',
      video: { codec: 'vp9', width: 320, height: 240, frameCount: 120, frameRate: 30 },
      audio: { codec: 'opus', sampleRate: 48_000, channels: 1 },
    });
    const { video } = await inspectMedia(sampleMedia.secondClip);
    expect(video?.durationSeconds).toBeCloseTo(4, 2);
  });

  test('describes a WAV as sound without a picture', async () => {
    const facts = await inspectMedia(sampleMedia.shortLine);
    expect(facts.container).toBe('WAVE');
    expect(facts.video).toBeNull();
    expect(facts.audio).toMatchObject({ codec: 'pcm-s16', sampleRate: 22_050, channels: 1 });
    expect(facts.audio?.durationSeconds).toBe(facts.durationSeconds);
  });

  test('rejects what is not there with a MediaError', async () => {
    const folder = await createTemporaryFolder();
    await expect(inspectMedia(join(folder, 'missing.mp4'))).rejects.toBeInstanceOf(MediaError);
  });
});
