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

/**
 * Copies the picture of an H.264 clip, without sound, turned and moved in time.
 *
 * @param delaySeconds how much later a frame is shown
 */
export async function copyPackets(
  from: string,
  to: string,
  rotation: 0 | 90,
  delaySeconds: (isLast: boolean) => number,
): Promise<void> {
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(from) });
  const track = await input.getPrimaryVideoTrack();
  const decoderConfig = await track?.getDecoderConfig();
  if (!track || !decoderConfig) throw new Error('The clip has no video track.');
  const output = new Output({ format: new Mp4OutputFormat(), target: new FilePathTarget(to) });
  const source = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(source, { rotation });
  await output.start();
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  for (const packet of packets) {
    const delay = delaySeconds(packet === packets.at(-1));
    await source.add(packet.clone({ timestamp: packet.timestamp + delay }), { decoderConfig });
  }
  await output.finalize();
  input.dispose();
}
