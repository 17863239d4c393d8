import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSegments } from '../../dist/media/plan-segments.js';

describe('planSegments', () => {
  test('lays a segment over the own sound of the clip', () => {
    const segment = { startTime: 1, endTime: 3, voiceSeconds: 8 };
    expect(planSegments(5, [segment], true)).toEqual([
      { startSeconds: 0, endSeconds: 1, source: { kind: 'own', fromSeconds: 0 } },
      { startSeconds: 1, endSeconds: 3, source: voice(0, 0, 2) },
      { startSeconds: 3, endSeconds: 5, source: { kind: 'own', fromSeconds: 3 } },
    ]);
  });

  test('is silent outside the segments when the clip has no sound', () => {
    const segment = { startTime: 1, endTime: 3, voiceSeconds: 8 };
    expect(planSegments(5, [segment], false).map(({ source }) => source.kind)).toEqual([
      'silence',
      'voice',
      'silence',
    ]);
  });

  test('is silent from the end of a shorter voice to the end of its segment', () => {
    const segment = { startTime: 1, endTime: 3, voiceSeconds: 0.5 };
    expect(planSegments(5, [segment], true)).toEqual([
      { startSeconds: 0, endSeconds: 1, source: { kind: 'own', fromSeconds: 0 } },
      { startSeconds: 1, endSeconds: 1.5, source: voice(0, 0, 0.5) },
      { startSeconds: 1.5, endSeconds: 3, source: { kind: 'silence' } },
      { startSeconds: 3, endSeconds: 5, source: { kind: 'own', fromSeconds: 3 } },
    ]);
  });

  test('takes the wanted part of the voice file', () => {
    const segment = {
      startTime: 0,
      endTime: 5,
      audioStartTime: 2,
      audioEndTime: 3,
      voiceSeconds: 8,
    };
    expect(planSegments(5, [segment], true)).toEqual([
      { startSeconds: 0, endSeconds: 1, source: voice(0, 2, 3) },
      { startSeconds: 1, endSeconds: 5, source: { kind: 'silence' } },
    ]);
  });

  test('cuts a segment that outlasts the video and drops one that starts after it', () => {
    const segments = [
      { startTime: 4, endTime: 9, voiceSeconds: 8 },
      { startTime: 6, endTime: 7, voiceSeconds: 8 },
    ];
    expect(planSegments(5, segments, true)).toEqual([
      { startSeconds: 0, endSeconds: 4, source: { kind: 'own', fromSeconds: 0 } },
      { startSeconds: 4, endSeconds: 5, source: voice(0, 0, 1) },
    ]);
  });

  test('plays the later one of two overlapping segments and then goes on with the first', () => {
    const segments = [
      { startTime: 0, endTime: 4, voiceSeconds: 8 },
      { startTime: 1, endTime: 2, voiceSeconds: 8 },
    ];
    expect(planSegments(4, segments, true)).toEqual([
      { startSeconds: 0, endSeconds: 1, source: voice(0, 0, 1) },
      { startSeconds: 1, endSeconds: 2, source: voice(1, 0, 1) },
      { startSeconds: 2, endSeconds: 4, source: voice(0, 2, 4) },
    ]);
  });

  test('never plays a segment that ends before it starts, or a crop that does', () => {
    const segments = [
      { startTime: 3, endTime: 1, voiceSeconds: 8 },
      { startTime: 2, endTime: 4, audioStartTime: 5, audioEndTime: 4, voiceSeconds: 8 },
    ];
    const kinds = planSegments(5, segments, true).map(({ source }) => source.kind);
    expect(kinds).toEqual(['own', 'silence', 'own']);
  });

  test('leaves no gap, never overlaps and fills the video exactly', () => {
    const hundredths = fc.integer({ min: 0, max: 1200 }).map((value) => value / 100);
    const segment = fc.record(
      {
        startTime: hundredths,
        endTime: hundredths,
        audioStartTime: hundredths,
        audioEndTime: hundredths,
        voiceSeconds: hundredths,
      },
      { requiredKeys: ['startTime', 'endTime', 'voiceSeconds'] },
    );
    const video = fc.double({ min: 0.01, max: 10, noNaN: true });
    fc.assert(
      fc.property(video, fc.array(segment, { maxLength: 8 }), fc.boolean(), (end, list, own) => {
        let position = 0;
        for (const { startSeconds, endSeconds, source } of planSegments(end, list, own)) {
          expect(startSeconds).toBe(position);
          expect(endSeconds).toBeGreaterThan(startSeconds);
          position = endSeconds;
          if (source.kind !== 'voice') continue;
          expect(source.toSeconds).toBeLessThanOrEqual(
            (list[source.voice]?.voiceSeconds ?? 0) + 1e-9,
          );
        }
        expect(position).toBe(end);
      }),
    );
  });
});

function voice(index: number, fromSeconds: number, toSeconds: number) {
  return { kind: 'voice', voice: index, fromSeconds, toSeconds, motion: 'forward' };
}
