import { type AudioSample, AudioSampleSink, type InputAudioTrack } from 'mediabunny';
import { MediaError, type MediaRole } from './media-error.js';
import { silence } from './silence.js';

/** Codecs need a little sound before the wanted moment to start up cleanly, in seconds. */
const WARM_UP_SECONDS = 0.1;

/** Time stamps are often rounded; only a jump larger than this is a gap in the sound, in seconds. */
const JITTER_SECONDS = 0.03;

/** A stretch of decoded sound as the file has it. */
export interface DecodedChunk {
  /** Interleaved 32-bit float samples. */
  readonly samples: Float32Array;
  /** Sample rate in hertz; the same for all chunks of a track. */
  readonly sampleRate: number;
  /** Number of channels; the same for all chunks of a track. */
  readonly channels: number;
}

/**
 * Decodes a stretch of an audio track, a few packets at a time. The chunks follow each other without
 * a gap and start at `startSeconds`; gaps of the track are filled with silence. The last chunk may
 * reach beyond `endSeconds`, and all may end early when the track does.
 *
 * @param track - the track
 * @param startSeconds - file time at which to start
 * @param endSeconds - file time at which to stop
 * @param role - what the track is for, for error messages
 * @throws MediaError when the track cannot be decoded
 */
export async function* decodeAudio(
  track: InputAudioTrack,
  startSeconds: number,
  endSeconds: number,
  role: MediaRole,
): AsyncGenerator<DecodedChunk, void> {
  const timeline = new Timeline(startSeconds);
  try {
    const sink = new AudioSampleSink(track);
    for await (const sample of sink.samples(startSeconds - WARM_UP_SECONDS, endSeconds)) {
      try {
        const { sampleRate, numberOfChannels: channels } = sample;
        for (const samples of timeline.place(sample)) yield { samples, sampleRate, channels };
      } finally {
        sample.close();
      }
    }
  } catch (error) {
    throw new MediaError(
      role,
      `The sound of the ${role} cannot be decoded: the file is damaged or uses a rare codec. ` +
        'Convert it to WAV, MP3, M4A, OGG or FLAC and send that.',
      { cause: error },
    );
  }
}

/** Puts decoded samples where their time stamps say, and keeps count of where the sound is. */
class Timeline {
  readonly #startSeconds: number;
  #format: { readonly sampleRate: number; readonly channels: number } | undefined;
  #startFrame = 0;
  #nextFrame = 0;

  constructor(startSeconds: number) {
    this.#startSeconds = startSeconds;
  }

  /** Yields the new part of a sample, after the silence of a gap before it. */
  *place(sample: AudioSample): Generator<Float32Array, void> {
    const { sampleRate, numberOfChannels: channels } = sample;
    this.#expectFormat(sampleRate, channels);
    const late = Math.round(sample.timestamp * sampleRate) - this.#nextFrame;
    const hasStarted = this.#nextFrame > this.#startFrame;
    const isOff = !hasStarted || Math.abs(late) > JITTER_SECONDS * sampleRate;
    if (isOff && late > 0) {
      yield* silence(late, channels);
      this.#nextFrame += late;
    }
    const skipped = isOff ? Math.min(Math.max(0, -late), sample.numberOfFrames) : 0;
    if (skipped === sample.numberOfFrames) return;
    const samples = new Float32Array((sample.numberOfFrames - skipped) * channels);
    sample.copyTo(samples, { planeIndex: 0, format: 'f32', frameOffset: skipped });
    this.#nextFrame += sample.numberOfFrames - skipped;
    yield samples;
  }

  #expectFormat(sampleRate: number, channels: number): void {
    if (this.#format === undefined) {
      this.#format = { sampleRate, channels };
      this.#startFrame = Math.round(this.#startSeconds * sampleRate);
      this.#nextFrame = this.#startFrame;
    }
    if (this.#format.sampleRate !== sampleRate || this.#format.channels !== channels) {
      throw new Error('The sample rate or the number of channels changes within the track.');
    }
  }
}
