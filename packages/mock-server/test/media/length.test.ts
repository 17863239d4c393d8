import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ALL_FORMATS,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  FilePathTarget,
  Input,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { expect, test } from 'vitest';
import { inspectMedia } from '../../src/media/inspect-media.ts';
import type { RenderJob } from '../../src/media/render-job.ts';
import { renderPreview } from '../../src/media/render-preview.ts';
import { sampleMedia } from './sample-media.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

test('a video that claims to be longer than three hours is a MediaError', async () => {
  const videoPath = join(await createTemporaryFolder(), 'long.mp4');
  await delayLastFrame(sampleMedia.clip, videoPath, 13 * 3600);
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

/** Copies the picture of an H.264 clip; its last frame is shown `seconds` later. */
async function delayLastFrame(from: string, to: string, seconds: number): Promise<void> {
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(from) });
  const track = await input.getPrimaryVideoTrack();
  const decoderConfig = await track?.getDecoderConfig();
  if (!track || !decoderConfig) throw new Error('The clip has no video track.');
  const output = new Output({ format: new Mp4OutputFormat(), target: new FilePathTarget(to) });
  const source = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(source);
  await output.start();
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  const last = packets.pop();
  if (last) packets.push(last.clone({ timestamp: last.timestamp + seconds }));
  for (const packet of packets) await source.add(packet, { decoderConfig });
  await output.finalize();
  input.dispose();
}
