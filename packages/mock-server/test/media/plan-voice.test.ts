import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planVoice, type SyncMode } from '../../dist/media/plan-voice.js';

const MODES: readonly SyncMode[] = ['cut_off', 'silence', 'bounce', 'remap'];

const voice = (fromSeconds: number, toSeconds: number, motion: string) => ({
  kind: 'voice',
  voice: 0,
  fromSeconds,
  toSeconds,
  motion,
});

describe('cut_off', () => {
  test('lets a shorter voice end early', () => {
    expect(planVoice(5, 3, 'cut_off')).toEqual([
      { startSeconds: 0, endSeconds: 3, source: voice(0, 3, 'forward') },
    ]);
  });

  test('cuts a longer voice when the video ends', () => {
    expect(planVoice(5, 8, 'cut_off')).toEqual([
      { startSeconds: 0, endSeconds: 5, source: voice(0, 5, 'forward') },
    ]);
  });
});

describe('silence', () => {
  test('fills up with silence after a shorter voice', () => {
    expect(planVoice(5, 3, 'silence')).toEqual([
      { startSeconds: 0, endSeconds: 3, source: voice(0, 3, 'forward') },
      { startSeconds: 3, endSeconds: 5, source: { kind: 'silence' } },
    ]);
  });

  test('cuts a longer voice when the video ends', () => {
    expect(planVoice(5, 8, 'silence')).toEqual(planVoice(5, 8, 'cut_off'));
  });
});

describe('bounce', () => {
  test('plays forward, backward and so on until the video ends', () => {
    expect(planVoice(5, 2, 'bounce')).toEqual([
      { startSeconds: 0, endSeconds: 2, source: voice(0, 2, 'forward') },
      { startSeconds: 2, endSeconds: 4, source: voice(0, 2, 'backward') },
      { startSeconds: 4, endSeconds: 5, source: voice(0, 1, 'forward') },
    ]);
  });

  test('ends a backward pass in the middle of the voice when the video ends there', () => {
    expect(planVoice(3, 2, 'bounce')[1]).toEqual({
      startSeconds: 2,
      endSeconds: 3,
      source: voice(1, 2, 'backward'),
    });
  });

  test('makes no more than ten pieces per second of a very short voice', () => {
    expect(planVoice(60, 0.00002, 'bounce')).toHaveLength(600);
  });
});

describe('remap', () => {
  test.each([3, 8])('stretches a voice of %d s to the whole video', (voiceSeconds) => {
    expect(planVoice(5, voiceSeconds, 'remap')).toEqual([
      { startSeconds: 0, endSeconds: 5, source: voice(0, voiceSeconds, 'stretched') },
    ]);
  });
});

describe('every mode', () => {
  const seconds = fc.double({ min: 0.01, max: 600, noNaN: true });
  const shortSeconds = fc.double({ min: 0, max: 20, noNaN: true });

  test('leaves no gap, never overlaps and never passes the end of the video', () => {
    fc.assert(
      fc.property(shortSeconds, seconds, fc.constantFrom(...MODES), (video, sound, mode) => {
        let position = 0;
        for (const piece of planVoice(video, sound, mode)) {
          expect(piece.startSeconds).toBe(position);
          expect(piece.endSeconds).toBeGreaterThan(piece.startSeconds);
          position = piece.endSeconds;
        }
        expect(position).toBeLessThanOrEqual(video);
        if (mode !== 'cut_off') expect(position).toBe(video);
      }),
    );
  });

  test('never asks for sound outside the voice', () => {
    fc.assert(
      fc.property(shortSeconds, seconds, fc.constantFrom(...MODES), (video, sound, mode) => {
        for (const { source } of planVoice(video, sound, mode)) {
          if (source.kind !== 'voice') continue;
          expect(source.fromSeconds).toBeGreaterThanOrEqual(0);
          expect(source.toSeconds).toBeLessThanOrEqual(sound);
        }
      }),
    );
  });

  test.each(MODES)('%s plans nothing for a voice without length', (mode) => {
    expect(planVoice(5, 0, mode)).toEqual([]);
  });
});
