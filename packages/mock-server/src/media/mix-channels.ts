/** Sound is mixed down to at most this many channels: stereo. */
export const MOST_CHANNELS = 2;

/** What a channel in the middle or behind gives to each side (ITU-R BS.775): 3 dB less. */
const half = Math.SQRT1_2;

/** How much of each channel is heard on the left and on the right. */
type Matrix = readonly (readonly [left: number, right: number])[];

const left = [1, 0] as const;
const right = [0, 1] as const;
const centre = [half, half] as const;
const behindLeft = [half, 0] as const;
const behindRight = [0, half] as const;
/** The bass of a subwoofer is left out, as the recommendation has it. */
const bass = [0, 0] as const;

/**
 * By the number of channels, in the order in which codecs give them: front left and right, centre,
 * bass, behind, sides.
 */
const matrices: Record<number, Matrix> = {
  3: [left, right, centre],
  4: [left, right, behindLeft, behindRight],
  5: [left, right, centre, behindLeft, behindRight],
  6: [left, right, centre, bass, behindLeft, behindRight],
  7: [left, right, centre, bass, [0.5, 0.5], behindLeft, behindRight],
  8: [left, right, centre, bass, behindLeft, behindRight, behindLeft, behindRight],
};

/**
 * Mixes interleaved samples to mono or stereo. Mono goes to both sides; stereo to mono is the mean;
 * more than two channels are mixed down by ITU-R BS.775, as ffmpeg does, and limited to full scale.
 *
 * @param samples - interleaved samples with `from` channels
 * @param from - number of channels of `samples`
 * @param to - number of channels wanted, 1 or 2
 */
export function mixChannels(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const matrix =
    matrices[from] ?? Array<readonly [number, number]>(from).fill([1 / from, 1 / from]);
  const frames = samples.length / from;
  const mixed = new Float32Array(frames * to);
  for (let frame = 0; frame < frames; frame += 1) {
    let [onLeft, onRight] = [0, 0];
    for (let channel = 0; channel < from; channel += 1) {
      const sample = samples[frame * from + channel] ?? 0;
      const [toLeft, toRight] = matrix[channel] ?? bass;
      onLeft += sample * toLeft;
      onRight += sample * toRight;
    }
    if (to === 1) mixed[frame] = limited((onLeft + onRight) / 2);
    else mixed.set([limited(onLeft), limited(onRight)], frame * 2);
  }
  return mixed;
}

function limited(sample: number): number {
  return Math.min(Math.max(sample, -1), 1);
}
