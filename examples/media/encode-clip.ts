import {
  AudioSample,
  AudioSampleSource,
  FilePathTarget,
  Mp4OutputFormat,
  Output,
  Quality,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from 'mediabunny';
import { backgroundSound, SOUND_SAMPLE_RATE } from './background-sound.ts';
import { drawFace, type Look } from './face.ts';

/** A clip to make. */
export interface Clip {
  readonly path: string;
  readonly container: 'MP4' | 'WEBM';
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly frameRate: number;
  /** Video bitrate in bits per second. */
  readonly bitrate: number;
  readonly look: Look;
}

/** AAC starts with this many frames of silence; sound placed as much earlier stays in time. */
const AAC_DELAY_FRAMES = 1024;

/** Draws and encodes a clip: H.264 and AAC in MP4, or VP9 and Opus in WEBM. */
export async function encodeClip(clip: Clip): Promise<void> {
  const isMp4 = clip.container === 'MP4';
  const video = new VideoSampleSource({
    codec: isMp4 ? 'avc' : 'vp9',
    quality: new Quality({ bitrate: clip.bitrate }),
    hardwareAcceleration: 'prefer-software',
  });
  const audio = new AudioSampleSource({
    codec: isMp4 ? 'aac' : 'opus',
    quality: new Quality({ bitrate: 64_000 }),
  });
  const output = new Output({
    format: isMp4 ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(),
    target: new FilePathTarget(clip.path),
  });
  output.setMetadataTags({
    title: 'sync3 sample clip',
    comment: 'Drawn by examples/media/make-media.ts.',
    date: new Date(0),
  });
  output.addVideoTrack(video, { frameRate: clip.frameRate });
  output.addAudioTrack(audio);
  await output.start();
  await Promise.all([
    addFrames(video, clip),
    addSound(audio, clip.seconds, isMp4 ? AAC_DELAY_FRAMES : 0),
  ]);
  await output.finalize();
}

async function addFrames(source: VideoSampleSource, clip: Clip): Promise<void> {
  for (let frame = 0; frame < clip.seconds * clip.frameRate; frame += 1) {
    const timestamp = frame / clip.frameRate;
    const picture = drawFace(clip.width, clip.height, clip.look, timestamp);
    const sample = new VideoSample(picture.pixels, {
      format: 'RGBA',
      codedWidth: clip.width,
      codedHeight: clip.height,
      timestamp,
      duration: 1 / clip.frameRate,
    });
    await source.add(sample);
    sample.close();
  }
  source.close();
}

async function addSound(
  source: AudioSampleSource,
  seconds: number,
  delayFrames: number,
): Promise<void> {
  const sample = new AudioSample({
    data: backgroundSound(seconds),
    format: 'f32',
    numberOfChannels: 1,
    sampleRate: SOUND_SAMPLE_RATE,
    timestamp: -delayFrames / SOUND_SAMPLE_RATE,
  });
  await source.add(sample);
  sample.close();
  source.close();
}
