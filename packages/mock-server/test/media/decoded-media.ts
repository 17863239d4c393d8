import { createHash } from 'node:crypto';
import { registerMediabunnyServer } from '@mediabunny/server';
import {
  ALL_FORMATS,
  AudioSampleSink,
  EncodedPacketSink,
  FilePathSource,
  Input,
  type MetadataTags,
  VideoSampleSink,
} from 'mediabunny';
import { Resampler } from '../../dist/media/resampler.js';

/** Sample rate of all decoded sound here, in hertz. */
export const SAMPLE_RATE = 48_000;

/** What a player would show and play. */
export interface DecodedMedia {
  /** Start of each frame, in seconds. */
  readonly frameTimes: readonly number[];
  /** Size of the frames as displayed, such as `640x360`; more than one when it changes. */
  readonly frameSizes: readonly string[];
  /** The first channel at 48 kHz, from time zero. */
  readonly sound: Float32Array;
  readonly tags: MetadataTags;
}

/** Decodes every frame and all sound of a file. */
export async function decodeMedia(path: string): Promise<DecodedMedia> {
  registerMediabunnyServer({ hardwareContext: null });
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  try {
    const frameTimes: number[] = [];
    const frameSizes = new Set<string>();
    const video = await input.getPrimaryVideoTrack();
    if (video !== null) {
      for await (const frame of new VideoSampleSink(video).samples()) {
        frameTimes.push(frame.timestamp);
        frameSizes.add(`${await video.getDisplayWidth()}x${await video.getDisplayHeight()}`);
        frame.close();
      }
    }
    const sound = await decodeSound(input);
    return { frameTimes, frameSizes: [...frameSizes], sound, tags: await input.getMetadataTags() };
  } finally {
    input.dispose();
  }
}

async function decodeSound(input: Input): Promise<Float32Array> {
  const track = await input.getPrimaryAudioTrack();
  if (track === null) return new Float32Array(0);
  const rate = (await track.getSampleRate()) || SAMPLE_RATE;
  const sound = new Float32Array(Math.ceil((await track.computeDuration()) * rate) + rate);
  let end = 0;
  for await (const sample of new AudioSampleSink(track).samples()) {
    const samples = new Float32Array(sample.numberOfFrames);
    sample.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    const start = Math.round(sample.timestamp * rate);
    // What lies before time zero is the encoder's warm-up, which players skip.
    sound.set(samples.subarray(Math.max(0, -start)), Math.max(0, start));
    end = start + samples.length;
    sample.close();
  }
  const heard = sound.subarray(0, end);
  if (rate === SAMPLE_RATE) return heard;
  const resampler = new Resampler(rate, SAMPLE_RATE, 1);
  return Float32Array.from([...resampler.push(heard), ...resampler.flush()]);
}

/** A fingerprint of every encoded video packet, in the order of the file. */
export async function readVideoPackets(path: string): Promise<string[]> {
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  try {
    const track = await input.getPrimaryVideoTrack();
    const packets: string[] = [];
    if (track === null) return packets;
    for await (const packet of new EncodedPacketSink(track).packets()) {
      packets.push(createHash('sha256').update(packet.data).digest('hex'));
    }
    return packets;
  } finally {
    input.dispose();
  }
}
