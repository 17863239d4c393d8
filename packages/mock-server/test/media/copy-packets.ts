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

/** What becomes of a clip as it is copied. */
interface Changes {
  /** In degrees. @default 0 */
  rotation?: 0 | 90;
  /** How often it is shown, one after the other. @default 1 */
  repetitions?: number;
  /** How much later a frame is shown. @default not at all */
  delaySeconds?: (isLast: boolean) => number;
}

/** Copies the picture of an H.264 clip into MP4, without sound. */
export async function copyPackets(
  from: string,
  to: string,
  { rotation = 0, repetitions = 1, delaySeconds = () => 0 }: Changes,
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
  const seconds = await track.computeDuration();
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const packet of packets) {
      const delay = repetition * seconds + delaySeconds(packet === packets.at(-1));
      await source.add(packet.clone({ timestamp: packet.timestamp + delay }), { decoderConfig });
    }
  }
  await output.finalize();
  input.dispose();
}
