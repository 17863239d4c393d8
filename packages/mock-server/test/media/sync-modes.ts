import type { SyncMode } from '../../dist/media/plan-voice.js';
import { SAMPLE_RATE } from './decoded-media.ts';

/**
 * What is heard at a moment, by the description of the modes alone: where in the voice that is, and
 * which way it runs; `silence`; or `nothing`, after the end of the sound.
 */
export type Heard = { at: number; direction: 'forward' | 'backward' } | 'silence' | 'nothing';

/** @param moment all times in seconds */
export function heardAt(
  mode: Exclude<SyncMode, 'remap'>,
  moment: number,
  videoSeconds: number,
  voiceSeconds: number,
): Heard {
  if (moment >= videoSeconds) return 'nothing';
  if (moment < voiceSeconds) return { at: moment, direction: 'forward' };
  if (mode === 'silence') return 'silence';
  if (mode === 'cut_off') return 'nothing';
  const pass = Math.floor(moment / voiceSeconds);
  const into = moment - pass * voiceSeconds;
  return pass % 2 === 0
    ? { at: into, direction: 'forward' }
    : { at: voiceSeconds - into, direction: 'backward' };
}

/** A stretch of a voice as it would be heard from a moment on. */
export function heardStretch(
  voice: Float32Array,
  { at, direction }: Exclude<Heard, string>,
  seconds: number,
): Float32Array {
  const [start, length] = [Math.round(at * SAMPLE_RATE), Math.round(seconds * SAMPLE_RATE)];
  return direction === 'forward'
    ? voice.slice(start, start + length)
    : voice.slice(Math.max(0, start - length), start).toReversed();
}
