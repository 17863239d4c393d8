import { SAMPLE_RATE } from './decoded-media.js';

/** The stretch of a sound between two moments, in seconds. */
export function excerpt(sound: Float32Array, from: number, to: number): Float32Array {
  return sound.subarray(Math.round(from * SAMPLE_RATE), Math.round(to * SAMPLE_RATE));
}

/** How alike two sounds are, sample by sample: 1 the same, 0 unrelated. Loudness does not count. */
export function correlation(left: Float32Array, right: Float32Array): number {
  let product = 0;
  let leftEnergy = 1e-12;
  let rightEnergy = 1e-12;
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const [a, b] = [left[index] ?? 0, right[index] ?? 0];
    product += a * b;
    leftEnergy += a * a;
    rightEnergy += b * b;
  }
  return product / Math.sqrt(leftEnergy * rightEnergy);
}

/** The best {@link correlation} when `right` may come up to `latest` seconds later than `left`. */
export function correlationWithin(left: Float32Array, right: Float32Array, latest: number): number {
  const lags = Math.floor(latest * SAMPLE_RATE);
  const length = Math.min(left.length, right.length - lags);
  const leftEnergy = energy(left, 0, length);
  // From lag to lag one sample leaves what is compared and one joins it: only the products are new.
  let rightEnergy = energy(right, 0, length);
  let best = -1;
  for (let lag = 0; lag <= lags; lag += 1) {
    let product = 0;
    for (let index = 0; index < length; index += 1) {
      product += (left[index] ?? 0) * (right[index + lag] ?? 0);
    }
    best = Math.max(best, product / Math.sqrt(leftEnergy * rightEnergy));
    rightEnergy += (right[length + lag] ?? 0) ** 2 - (right[lag] ?? 0) ** 2;
  }
  return best;
}

function energy(sound: Float32Array, from: number, to: number): number {
  return sound.subarray(from, to).reduce((sum, sample) => sum + sample * sample, 1e-12);
}

/** Loudness of every 20 ms: the shape of a sound, whatever its pitch. */
export function loudnessCurve(sound: Float32Array): Float32Array {
  const step = SAMPLE_RATE / 50;
  return Float32Array.from({ length: Math.floor(sound.length / step) }, (_, index) =>
    loudness(sound.subarray(index * step, (index + 1) * step)),
  );
}

/** Root mean square of a sound: 0 is silence, 1 full scale. */
export function loudness(sound: Float32Array): number {
  const energy = sound.reduce((sum, sample) => sum + sample * sample, 0);
  return Math.sqrt(energy / Math.max(1, sound.length));
}

/** Values around zero: what is left without their mean. */
export function centred(values: Float32Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
