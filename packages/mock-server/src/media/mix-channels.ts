/** Sound is mixed down to at most this many channels: stereo. */
export const MOST_CHANNELS = 2;

/**
 * Mixes interleaved samples to mono or stereo. Mono goes to both sides; stereo to mono is the mean;
 * of more than two channels (5.1 and the like) every side gets the mean of all, which keeps a voice
 * in the centre channel audible and never clips.
 *
 * @param samples - interleaved samples with `from` channels
 * @param from - number of channels of `samples`
 * @param to - number of channels wanted, 1 or 2
 */
export function mixChannels(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const frames = samples.length / from;
  const mixed = new Float32Array(frames * to);
  for (let frame = 0; frame < frames; frame += 1) {
    let sum = 0;
    for (let channel = 0; channel < from; channel += 1) sum += samples[frame * from + channel] ?? 0;
    mixed.fill(sum / from, frame * to, (frame + 1) * to);
  }
  return mixed;
}
