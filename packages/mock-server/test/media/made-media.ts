import {
  type ConversionAudioOptions,
  type ConversionVideoOptions,
  FlacOutputFormat,
  MovOutputFormat,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  type OutputFormat,
  Quality,
  WebMOutputFormat,
} from 'mediabunny';
import { convertMedia } from './convert-media.js';
import { copyPackets } from './copy-packets.js';

/** An input of another kind than the sample media. */
interface MadeMedia {
  readonly name: string;
  /** Makes it from another file. */
  readonly make: (from: string, to: string) => Promise<void>;
}

/** Voices in every format the emulator reads. */
export const readableVoices: readonly (MadeMedia & {
  /** Silence that the format puts in front of the sound and does not tell readers to skip. */
  readonly delaySeconds: number;
})[] = [
  { name: 'MP3', make: convertVoice(new Mp3OutputFormat(), { codec: 'mp3' }), delaySeconds: 0.06 },
  { name: 'M4A', make: convertVoice(new Mp4OutputFormat(), { codec: 'aac' }), delaySeconds: 0.06 },
  {
    name: 'OGG with Vorbis',
    make: convertVoice(new OggOutputFormat(), { codec: 'vorbis', sampleRate: 48_000 }),
    delaySeconds: 0.02,
  },
  {
    name: 'OGG with Opus in stereo',
    make: convertVoice(new OggOutputFormat(), {
      codec: 'opus',
      sampleRate: 48_000,
      numberOfChannels: 2,
    }),
    delaySeconds: 0.02,
  },
  { name: 'FLAC', make: convertVoice(new FlacOutputFormat(), { codec: 'flac' }), delaySeconds: 0 },
];

const quality = new Quality({ bitrate: 400_000 });

/** Videos that are odd in one way or another. */
export const readableVideos: readonly MadeMedia[] = [
  { name: 'MOV', make: convertPicture(new MovOutputFormat(), {}) },
  { name: 'HEVC in MP4', make: convertPicture(new Mp4OutputFormat(), { codec: 'hevc', quality }) },
  { name: 'VP8 in WEBM', make: convertPicture(new WebMOutputFormat(), { codec: 'vp8', quality }) },
  { name: 'AV1 in WEBM', make: convertPicture(new WebMOutputFormat(), { codec: 'av1', quality }) },
  {
    name: 'A video turned by 90 degrees',
    make: (from, to) => copyPackets(from, to, { rotation: 90 }),
  },
  {
    name: 'A video that starts late',
    make: (from, to) => copyPackets(from, to, { delaySeconds: () => 1.5 }),
  },
  {
    name: 'A video with odd width and height',
    make: convertPicture(new WebMOutputFormat(), {
      codec: 'vp9',
      quality,
      width: 161,
      height: 91,
      fit: 'fill',
    }),
  },
];

function convertVoice(format: OutputFormat, audio: ConversionAudioOptions): MadeMedia['make'] {
  const options = { ...audio, quality: new Quality({ bitrate: 96_000 }) };
  return (from, to) => convertMedia(from, to, format, { audio: options });
}

function convertPicture(format: OutputFormat, video: ConversionVideoOptions): MadeMedia['make'] {
  return (from, to) => convertMedia(from, to, format, { video });
}
