import type { PcmChunk } from './pcm-format.js';

/** Sound is laid down in steps of this many frames: 20 ms. */
const STEP_FRAMES = 960;

/** How far a step may be moved to meet the waveform: 10 ms, so a voice down to 50 Hz joins up. */
const SEARCH_FRAMES = 480;

/** The search first looks at every fourth place and every fourth sample. */
const COARSE = 4;

/** Rises from 0 to 1 over a step; with its mirror image it adds up to 1. */
const FADE_IN = Float32Array.from(
  { length: STEP_FRAMES },
  (_, frame) => Math.sin(((frame + 0.5) / STEP_FRAMES) * (Math.PI / 2)) ** 2,
);

/**
 * Makes sound longer or shorter at the same pitch (waveform similarity overlap-add): every 20 ms of
 * the result fade from where the last 20 ms would have continued to where the input should be by
 * now, moved a little so that both waveforms match.
 *
 * @param input - interleaved samples
 * @param channels - number of channels
 * @param framesOut - wanted length; exactly this many frames are yielded
 */
export function* stretchFrames(
  input: PcmChunk,
  channels: number,
  framesOut: number,
): Generator<PcmChunk, void> {
  const framesIn = input.length / channels;
  let continuation = 0;
  for (let done = 0; done < framesOut; done += STEP_FRAMES) {
    const due = Math.round((done / framesOut) * framesIn);
    const position = mostSimilarPosition(input, channels, continuation, due);
    const step = new Float32Array(Math.min(STEP_FRAMES, framesOut - done) * channels);
    for (let index = 0; index < step.length; index += 1) {
      const before = input[continuation * channels + index] ?? 0;
      const after = input[position * channels + index] ?? 0;
      step[index] = before + (after - before) * (FADE_IN[Math.floor(index / channels)] ?? 0);
    }
    yield step;
    continuation = position + STEP_FRAMES;
  }
}

/** The place around `due` where the input looks most like it does at `continuation`. */
function mostSimilarPosition(
  input: PcmChunk,
  channels: number,
  continuation: number,
  due: number,
): number {
  // Nothing to choose while the natural continuation is where the input should be anyway.
  if (continuation === due) return due;
  const lowest = Math.max(0, due - SEARCH_FRAMES);
  let best = due;
  let bestScore = similarity(input, channels, continuation, due);
  const consider = (position: number): void => {
    const score = similarity(input, channels, continuation, position);
    if (score > bestScore) {
      best = position;
      bestScore = score;
    }
  };
  for (let position = lowest; position <= due + SEARCH_FRAMES; position += COARSE) {
    consider(position);
  }
  const coarse = best;
  for (let shift = 1 - COARSE; shift < COARSE; shift += 1) consider(Math.max(0, coarse + shift));
  return best;
}

/** Normalised correlation of two steps of the input, from -1 to 1; the first channel speaks for all. */
function similarity(input: PcmChunk, channels: number, left: number, right: number): number {
  let product = 0;
  let energy = 1e-9;
  for (let frame = 0; frame < STEP_FRAMES; frame += COARSE) {
    const leftSample = input[(left + frame) * channels] ?? 0;
    const rightSample = input[(right + frame) * channels] ?? 0;
    product += leftSample * rightSample;
    energy += rightSample * rightSample;
  }
  // The energy of the left step is the same for every candidate and leaves the order as it is.
  return product / Math.sqrt(energy);
}
