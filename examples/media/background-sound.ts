/** Sample rate of the clips' own sound, in hertz. */
export const SOUND_SAMPLE_RATE = 48_000;

/** Notes of a slow arpeggio, in hertz, and how long each is struck, in seconds. */
const NOTES = [261.63, 329.63, 392, 523.25, 392, 329.63];
const NOTE_SECONDS = 0.5;

/** Quiet: about 30 dB below full scale, so that a voice over it is clearly the foreground. */
const LOUDNESS = 0.05;

/** Soft music for the background of a clip: mono samples, -1 to 1, of a length in seconds. */
export function backgroundSound(seconds: number): Float32Array {
  const samples = new Float32Array(Math.round(seconds * SOUND_SAMPLE_RATE));
  for (let index = 0; index < samples.length; index += 1) {
    const time = index / SOUND_SAMPLE_RATE;
    const edge = Math.min(1, time / 0.05, (seconds - time) / 0.2);
    samples[index] = LOUDNESS * edge * (pluck(time) + 0.5 * Math.sin(2 * Math.PI * 130.81 * time));
  }
  return samples;
}

function pluck(time: number): number {
  let sum = 0;
  const current = Math.floor(time / NOTE_SECONDS);
  for (const step of [current - 1, current]) {
    const frequency = NOTES[step % NOTES.length];
    const age = time - step * NOTE_SECONDS;
    if (frequency === undefined) continue;
    const strike = Math.min(1, age / 0.01) * Math.exp(-4 * age);
    sum += strike * Math.sin(2 * Math.PI * frequency * age);
  }
  return sum;
}
