import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Resampler } from '../../dist/media/resampler.js';
import { correlation, loudness } from './sound-comparison.js';

describe('Resampler', () => {
  test.each([
    [22_050, 48_000],
    [44_100, 48_000],
    [96_000, 48_000],
    [8_000, 48_000],
  ])('turns a tone at %d Hz into the same tone at %d Hz', (fromRate, toRate) => {
    const resampled = resample(tone(440, fromRate), fromRate, toRate, 1000);
    expect(resampled).toHaveLength(toRate);
    expect(correlation(resampled, tone(440, toRate))).toBeGreaterThan(0.9999);
  });

  test('removes what the lower rate cannot carry', () => {
    expect(loudness(resample(tone(15_000, 48_000), 48_000, 16_000, 1000))).toBeLessThan(0.01);
  });

  test('gives the same result whatever the size of the pieces', () => {
    const whole = resample(tone(440, 22_050), 22_050, 48_000, 22_050);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (size) => {
        expect(resample(tone(440, 22_050), 22_050, 48_000, size)).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  test('keeps channels apart', () => {
    const mono = tone(440, 22_050);
    const stereo = Float32Array.from({ length: mono.length * 2 }, (_, index) =>
      index % 2 === 0 ? (mono[index / 2] ?? 0) : 0,
    );
    const resampler = new Resampler(22_050, 48_000, 2);
    const result = [...resampler.push(stereo), ...resampler.flush()];
    expect(loudness(Float32Array.from(result.filter((_, index) => index % 2 === 1)))).toBe(0);
    expect(
      correlation(
        Float32Array.from(result.filter((_, index) => index % 2 === 0)),
        tone(440, 48_000),
      ),
    ).toBeGreaterThan(0.9999);
  });
});

function resample(
  samples: Float32Array,
  fromRate: number,
  toRate: number,
  pieceSize: number,
): Float32Array {
  const resampler = new Resampler(fromRate, toRate, 1);
  const result: number[] = [];
  for (let start = 0; start < samples.length; start += pieceSize) {
    result.push(...resampler.push(samples.subarray(start, start + pieceSize)));
  }
  return Float32Array.from([...result, ...resampler.flush()]);
}

/** One second of a tone. */
function tone(frequency: number, rate: number): Float32Array {
  return Float32Array.from({ length: rate }, (_, index) =>
    Math.sin((2 * Math.PI * frequency * index) / rate),
  );
}
