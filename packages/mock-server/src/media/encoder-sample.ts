import { AvFrameAudioSampleResource } from '@mediabunny/server';
import { AudioSample } from 'mediabunny';
import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CHANNEL_LAYOUT_STEREO,
  AV_SAMPLE_FMT_FLT,
  FFmpegError,
  Frame,
  Rational,
} from 'node-av';
import { type PcmChunk, SAMPLE_RATE } from './pcm-format.js';

/**
 * Makes a chunk of sound ready for the audio encoder. The caller closes the result.
 *
 * A plain `AudioSample` would do as well, were it not for `@mediabunny/server` 1.59.0: it copies
 * each one into the same native frame without freeing it first, which leaks every chunk and, when a
 * chunk is longer than the first one, writes past the end of the buffer. A sample that brings its
 * own native frame is taken as it is.
 *
 * @param chunk - interleaved samples
 * @param channels - number of channels, 1 or 2
 * @param startFrame - where the chunk starts on the timeline, in frames; may be negative
 */
export function createEncoderSample(
  chunk: PcmChunk,
  channels: number,
  startFrame: number,
): AudioSample {
  const frame = new Frame();
  frame.alloc();
  frame.format = AV_SAMPLE_FMT_FLT;
  frame.nbSamples = chunk.length / channels;
  frame.sampleRate = SAMPLE_RATE;
  frame.channelLayout = channels === 1 ? AV_CHANNEL_LAYOUT_MONO : AV_CHANNEL_LAYOUT_STEREO;
  FFmpegError.throwIfError(frame.allocBuffer(), 'Allocate an audio frame');
  frame.data?.[0]?.set(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  frame.pts = BigInt(startFrame);
  frame.timeBase = new Rational(1, SAMPLE_RATE);
  return new AudioSample(new AvFrameAudioSampleResource(frame));
}
