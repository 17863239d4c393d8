import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stretchFrames } from '../../dist/media/stretch-frames.js';

const RATE = 48_000;

describe('stretchFrames', () => {
  test('yields exactly the wanted length, whatever the input', () => {
    const length = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(length, length, fc.constantFrom(1, 2), (framesIn, framesOut, channels) => {
        const result = stretch(new Float32Array(framesIn * channels), channels, framesOut);
        expect(result).toHaveLength(framesOut * channels);
      }),
      { numRuns: 30 },
    );
  });

  test.each([0.5, 0.8, 1.25, 3])('keeps the pitch at %d times the length', (factor) => {
    const result = stretch(tone(200, RATE), 1, RATE * factor);
    expect(risingZeroCrossings(result) / factor).toBeCloseTo(200, -1);
  });

  test('changes nothing when the length stays the same', () => {
    const input = tone(317, RATE);
    expect(stretch(input, 1, RATE)).toEqual(input);
  });

  test('keeps the level of a steady tone', () => {
    const result = stretch(tone(200, RATE), 1, RATE * 2);
    const energy = result.subarray(4800, -4800).reduce((sum, sample) => sum + sample * sample, 0);
    expect(Math.sqrt(energy / (result.length - 9600))).toBeCloseTo(Math.SQRT1_2, 1);
  });
});

function stretch(input: Float32Array, channels: number, framesOut: number): Float32Array {
  return Float32Array.from([...stretchFrames(input, channels, framesOut)].flatMap((c) => [...c]));
}

function tone(frequency: number, frames: number): Float32Array {
  return Float32Array.from({ length: frames }, (_, index) =>
    Math.sin((2 * Math.PI * frequency * index) / RATE),
  );
}

function risingZeroCrossings(samples: Float32Array): number {
  return samples.reduce(
    (count, sample, index) => count + Number(sample >= 0 && (samples[index - 1] ?? 0) < 0),
    0,
  );
}
