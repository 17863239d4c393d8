/** Zero crossings of the filter on either side; 16 keep aliases below hearing for speech. */
const ZERO_CROSSINGS = 16;

/**
 * Changes the sample rate of a stream of interleaved samples with a windowed-sinc filter. Samples
 * go in through {@link push} in pieces of any size; the seams are inaudible.
 */
export class Resampler {
  readonly #channels: number;
  /** `fromRate / toRate` as a reduced fraction. */
  readonly #step: number;
  readonly #phases: number;
  /** Filter taps on either side of a position, in input frames. */
  readonly #reach: number;
  /** One row of `2 * reach` taps per phase. */
  readonly #kernel: Float32Array;
  #buffer: Float32Array;
  /** Input frame that `#buffer` starts with; negative at first, where the input is silent. */
  #bufferStart: number;
  #framesIn = 0;
  #framesOut = 0;

  /**
   * @param fromRate - sample rate of the input in hertz
   * @param toRate - sample rate of the output in hertz
   * @param channels - number of channels
   */
  constructor(fromRate: number, toRate: number, channels: number) {
    const divisor = greatestCommonDivisor(fromRate, toRate);
    this.#channels = channels;
    this.#step = fromRate / divisor;
    this.#phases = toRate / divisor;
    // Going down, the filter must also remove what the lower rate cannot carry.
    const cutoff = Math.min(1, toRate / fromRate);
    this.#reach = Math.ceil(ZERO_CROSSINGS / cutoff);
    this.#kernel = sincKernel(this.#phases, this.#reach, cutoff);
    this.#buffer = new Float32Array(this.#reach * channels);
    this.#bufferStart = -this.#reach;
  }

  /** Takes samples in and returns those that are ready. */
  push(samples: Float32Array): Float32Array {
    this.#framesIn += samples.length / this.#channels;
    return this.#advance(samples);
  }

  /** Ends the stream and returns the rest. In all, frames out = frames in * toRate / fromRate. */
  flush(): Float32Array {
    const total = Math.round((this.#framesIn * this.#phases) / this.#step);
    const rest = this.#advance(new Float32Array((this.#reach + 1) * this.#channels));
    const surplus = Math.max(0, this.#framesOut - total);
    return rest.subarray(0, Math.max(0, rest.length - surplus * this.#channels));
  }

  #advance(samples: Float32Array): Float32Array {
    const input = new Float32Array(this.#buffer.length + samples.length);
    input.set(this.#buffer);
    input.set(samples, this.#buffer.length);
    const endFrame = this.#bufferStart + input.length / this.#channels;
    const output: number[] = [];
    for (;;) {
      const position = Math.floor((this.#framesOut * this.#step) / this.#phases);
      if (position + this.#reach >= endFrame) break;
      this.#interpolate(input, position, output);
      this.#framesOut += 1;
    }
    const keepFrom = Math.floor((this.#framesOut * this.#step) / this.#phases) - this.#reach + 1;
    this.#buffer = input.slice((keepFrom - this.#bufferStart) * this.#channels);
    this.#bufferStart = keepFrom;
    return Float32Array.from(output);
  }

  #interpolate(input: Float32Array, position: number, output: number[]): void {
    const phase = (this.#framesOut * this.#step) % this.#phases;
    const taps = 2 * this.#reach;
    const firstFrame = position - this.#reach + 1 - this.#bufferStart;
    for (let channel = 0; channel < this.#channels; channel += 1) {
      let sum = 0;
      for (let tap = 0; tap < taps; tap += 1) {
        const sample = input[(firstFrame + tap) * this.#channels + channel] ?? 0;
        sum += sample * (this.#kernel[phase * taps + tap] ?? 0);
      }
      output.push(sum);
    }
  }
}

/** Taps for every phase, each row normalised so that a constant keeps its level. */
function sincKernel(phases: number, reach: number, cutoff: number): Float32Array {
  const taps = 2 * reach;
  const kernel = new Float32Array(phases * taps);
  for (let phase = 0; phase < phases; phase += 1) {
    const row = kernel.subarray(phase * taps, (phase + 1) * taps);
    for (let tap = 0; tap < taps; tap += 1) {
      const distance = tap - reach + 1 - phase / phases;
      row[tap] = sinc(distance * cutoff) * hannWindow(distance / reach);
    }
    const sum = row.reduce((total, value) => total + value, 0);
    for (let tap = 0; tap < taps; tap += 1) row[tap] = (row[tap] ?? 0) / sum;
  }
  return kernel;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function hannWindow(x: number): number {
  return Math.abs(x) >= 1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * x);
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
