import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectMedia } from '../../src/media/inspect-media.ts';
import type { RenderJob } from '../../src/media/render-job.ts';
import { renderPreview } from '../../src/media/render-preview.ts';
import { copyPackets } from './copy-packets.ts';
import { sampleMedia } from './sample-media.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

test('a video that claims to be longer than three hours is a MediaError', async () => {
  const videoPath = join(await createTemporaryFolder(), 'long.mp4');
  const delaySeconds = (isLast: boolean) => (isLast ? 13 * 3600 : 0);
  await copyPackets(sampleMedia.clip, videoPath, { delaySeconds });
  const tooLong = {
    name: 'MediaError',
    message: expect.stringMatching(/13\.0 hours long, .* 3 hours at most/),
  };
  await expect(render({ videoPath })).rejects.toMatchObject({ ...tooLong, role: 'video' });
  await expect(inspectMedia(videoPath)).rejects.toMatchObject(tooLong);
});

test('a voice that claims to be longer than three hours is a MediaError', async () => {
  const path = join(await createTemporaryFolder(), 'long.wav');
  const wav = await readFile(sampleMedia.shortLine);
  // One frame a second, of two bytes.
  wav.writeUInt32LE(1, 24);
  wav.writeUInt32LE(2, 28);
  await writeFile(path, wav);
  await expect(render({ voice: { kind: 'audio', path } })).rejects.toMatchObject({
    name: 'MediaError',
    role: 'voice',
    message: expect.stringMatching(/hours long, .* 3 hours at most/),
  });
});

async function render(changes: Partial<RenderJob>): Promise<void> {
  await renderPreview({
    videoPath: sampleMedia.clip,
    voice: { kind: 'audio', path: sampleMedia.shortLine },
    syncMode: 'silence',
    outputFormat: 'MP4',
    outputQuality: 95,
    outputPath: join(await createTemporaryFolder(), 'out.mp4'),
    ...changes,
  });
}
