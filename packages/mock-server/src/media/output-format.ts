import {
  type AudioCodec,
  type OutputFormat as ContainerFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  type VideoCodec,
  WebMOutputFormat,
} from 'mediabunny';

/** Container of the result. The values are the API's own. */
export type OutputFormat = 'MP4' | 'WEBM' | 'MOV';

/** What a container is made of. */
export interface ContainerProfile {
  /** Makes the container's writer. */
  readonly createFormat: () => ContainerFormat;
  /** Video codecs that are copied into it as they are. */
  readonly copiedVideoCodecs: readonly VideoCodec[];
  /** Video codec for everything else. */
  readonly videoCodec: VideoCodec;
  /** Video codec for pictures with an odd width or height, which H.264 cannot hold. */
  readonly oddSizeVideoCodec: VideoCodec;
  readonly audioCodec: AudioCodec;
  /** Frames per packet of the audio codec. */
  readonly audioPacketFrames: number;
  /**
   * How many frames the audio encoder puts in front of the sound and the container can tell players
   * to skip again.
   */
  readonly skippableAudioDelayFrames: number;
}

/** The containers a job can ask for. */
export const CONTAINER_PROFILES: Readonly<Record<OutputFormat, ContainerProfile>> = {
  MP4: {
    // The index in front lets players start before the download ends, at the cost of a few spare bytes.
    createFormat: () => new Mp4OutputFormat({ fastStart: 'reserve' }),
    copiedVideoCodecs: ['avc'],
    videoCodec: 'avc',
    oddSizeVideoCodec: 'vp9',
    audioCodec: 'aac',
    audioPacketFrames: 1024,
    skippableAudioDelayFrames: 1024,
  },
  MOV: {
    createFormat: () => new MovOutputFormat({ fastStart: 'reserve' }),
    copiedVideoCodecs: ['avc'],
    videoCodec: 'avc',
    oddSizeVideoCodec: 'vp9',
    audioCodec: 'aac',
    audioPacketFrames: 1024,
    skippableAudioDelayFrames: 1024,
  },
  WEBM: {
    createFormat: () => new WebMOutputFormat(),
    copiedVideoCodecs: ['vp8', 'vp9', 'av1'],
    videoCodec: 'vp9',
    oddSizeVideoCodec: 'vp9',
    audioCodec: 'opus',
    audioPacketFrames: 960,
    skippableAudioDelayFrames: 0,
  },
};
