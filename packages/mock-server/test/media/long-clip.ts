import { registerMediabunnyServer } from '@mediabunny/server';
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  Conversion,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  FilePathTarget,
  Input,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { sampleMedia } from './sample-media.ts';

/**
 * Writes a long clip: the sample clip at 1280x720, again and again. H.264 in MP4, without sound.
 *
 * @param repetitions of its 5 seconds
 */
export async function makeLongClip(path: string, repetitions: number): Promise<void> {
  registerMediabunnyServer({ hardwareContext: null });
  const large = new Output({ format: new Mp4OutputFormat(), target: new BufferTarget() });
  const conversion = await Conversion.init({
    input: new Input({ formats: ALL_FORMATS, source: new FilePathSource(sampleMedia.clip) }),
    output: large,
    video: { width: 1280, height: 720, fit: 'fill', codec: 'avc', forceTranscode: true },
    audio: { discard: true },
    showWarnings: false,
  });
  await conversion.execute();
  const { buffer } = large.target;
  if (buffer === null) throw new Error('The clip could not be encoded.');
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(buffer) });
  const track = await input.getPrimaryVideoTrack();
  const decoderConfig = await track?.getDecoderConfig();
  if (!track || !decoderConfig) throw new Error('The clip has no video track.');
  const source = new EncodedVideoPacketSource('avc');
  const output = new Output({ format: new Mp4OutputFormat(), target: new FilePathTarget(path) });
  output.addVideoTrack(source);
  await output.start();
  const seconds = await track.computeDuration();
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for await (const packet of new EncodedPacketSink(track).packets()) {
      const timestamp = packet.timestamp + repetition * seconds;
      await source.add(packet.clone({ timestamp }), { decoderConfig });
    }
  }
  await output.finalize();
  input.dispose();
}
