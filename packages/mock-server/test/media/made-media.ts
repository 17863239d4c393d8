import { registerMediabunnyServer } from '@mediabunny/server';
import {
  ALL_FORMATS,
  Conversion,
  type ConversionAudioOptions,
  type ConversionVideoOptions,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  FilePathTarget,
  FlacOutputFormat,
  Input,
  MovOutputFormat,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  type OutputFormat,
  Quality,
  WebMOutputFormat,
} from 'mediabunny';
import { sampleMedia } from './sample-media.js';

/** An input of another kind than the sample media, made from them. */
interface MadeMedia {
  readonly name: string;
  /** Writes it to a path. */
  readonly make: (path: string) => Promise<void>;
}

/** Voices with the short line in every format the emulator reads. */
export const readableVoices: readonly (MadeMedia & {
  /** Silence that the format puts in front of the sound and does not tell readers to skip. */
  readonly delaySeconds: number;
})[] = [
  { name: 'MP3', make: convertLine(new Mp3OutputFormat(), { codec: 'mp3' }), delaySeconds: 0.06 },
  { name: 'M4A', make: convertLine(new Mp4OutputFormat(), { codec: 'aac' }), delaySeconds: 0.06 },
  {
    name: 'OGG with Vorbis',
    make: convertLine(new OggOutputFormat(), { codec: 'vorbis', sampleRate: 48_000 }),
    delaySeconds: 0.02,
  },
  {
    name: 'OGG with Opus in stereo',
    make: convertLine(new OggOutputFormat(), {
      codec: 'opus',
      sampleRate: 48_000,
      numberOfChannels: 2,
    }),
    delaySeconds: 0.02,
  },
  { name: 'FLAC', make: convertLine(new FlacOutputFormat(), { codec: 'flac' }), delaySeconds: 0 },
];

const quality = new Quality({ bitrate: 400_000 });

/** Videos that are odd in one way or another. */
export const readableVideos: readonly MadeMedia[] = [
  { name: 'MOV', make: convertClip(new MovOutputFormat(), {}) },
  { name: 'HEVC in MP4', make: convertClip(new Mp4OutputFormat(), { codec: 'hevc', quality }) },
  { name: 'VP8 in WEBM', make: convertClip(new WebMOutputFormat(), { codec: 'vp8', quality }) },
  { name: 'AV1 in WEBM', make: convertClip(new WebMOutputFormat(), { codec: 'av1', quality }) },
  { name: 'A video turned by 90 degrees', make: (path) => copyPackets(path, 90, 0) },
  { name: 'A video that starts late', make: (path) => copyPackets(path, 0, 1.5) },
  {
    name: 'A video with odd width and height',
    make: convertClip(new WebMOutputFormat(), {
      codec: 'vp9',
      quality,
      width: 161,
      height: 91,
      fit: 'fill',
    }),
  },
];

function convertLine(format: OutputFormat, audio: ConversionAudioOptions) {
  const options = { ...audio, quality: new Quality({ bitrate: 96_000 }) };
  return (path: string): Promise<void> =>
    convert(sampleMedia.shortLine, path, format, { audio: options });
}

function convertClip(format: OutputFormat, video: ConversionVideoOptions) {
  return (path: string): Promise<void> => convert(sampleMedia.clip, path, format, { video });
}

async function convert(
  from: string,
  to: string,
  format: OutputFormat,
  tracks: { readonly audio?: ConversionAudioOptions; readonly video?: ConversionVideoOptions },
): Promise<void> {
  registerMediabunnyServer({ hardwareContext: null });
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(from) });
  const output = new Output({ format, target: new FilePathTarget(to) });
  const conversion = await Conversion.init({ input, output, ...tracks, showWarnings: false });
  await conversion.execute();
  input.dispose();
}

/** The clip's picture, without sound, turned and moved in time. */
async function copyPackets(path: string, rotation: 0 | 90, delaySeconds: number): Promise<void> {
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(sampleMedia.clip) });
  const track = await input.getPrimaryVideoTrack();
  const decoderConfig = await track?.getDecoderConfig();
  if (!track || !decoderConfig) throw new Error('The sample clip has no video track.');
  const output = new Output({ format: new Mp4OutputFormat(), target: new FilePathTarget(path) });
  const source = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(source, { rotation });
  await output.start();
  for await (const packet of new EncodedPacketSink(track).packets()) {
    const moved = packet.clone({ timestamp: packet.timestamp + delaySeconds });
    await source.add(moved, { decoderConfig });
  }
  await output.finalize();
  input.dispose();
}
