import type { AudioPiece } from './audio-piece.js';

/** What to do when voice and video differ in length. The values are the API's own. */
export const syncModes = ['cut_off', 'silence', 'bounce', 'remap'] as const;
export type SyncMode = (typeof syncModes)[number];

/**
 * A voice shorter than this bounces with silence in between: it bounds the number of pieces to ten
 * per second of video.
 */
const SHORTEST_BOUNCE_SECONDS = 0.1;

/**
 * Places one voice on the video. The pieces are in order, leave no gap between them and end no
 * later than the video.
 *
 * @param videoSeconds - length of the video
 * @param voiceSeconds - length of the voice
 * @param mode - what to do when they differ
 */
export function planVoice(
  videoSeconds: number,
  voiceSeconds: number,
  mode: SyncMode,
): AudioPiece[] {
  if (videoSeconds <= 0 || voiceSeconds <= 0) return [];
  switch (mode) {
    case 'cut_off':
      return [playForward(0, Math.min(videoSeconds, voiceSeconds))];
    case 'silence':
      return playThenSilence(videoSeconds, voiceSeconds);
    case 'bounce':
      return bounce(videoSeconds, voiceSeconds);
    case 'remap':
      return [stretch(videoSeconds, voiceSeconds)];
  }
}

function playForward(startSeconds: number, durationSeconds: number): AudioPiece {
  return {
    startSeconds,
    endSeconds: startSeconds + durationSeconds,
    source: {
      kind: 'voice',
      voice: 0,
      fromSeconds: 0,
      toSeconds: durationSeconds,
      motion: 'forward',
    },
  };
}

function playThenSilence(videoSeconds: number, voiceSeconds: number): AudioPiece[] {
  if (voiceSeconds >= videoSeconds) return [playForward(0, videoSeconds)];
  return [
    playForward(0, voiceSeconds),
    { startSeconds: voiceSeconds, endSeconds: videoSeconds, source: { kind: 'silence' } },
  ];
}

function bounce(videoSeconds: number, voiceSeconds: number): AudioPiece[] {
  const passSeconds = Math.max(voiceSeconds, SHORTEST_BOUNCE_SECONDS);
  const pieces: AudioPiece[] = [];
  for (let pass = 0; pass * passSeconds < videoSeconds; pass += 1) {
    const startSeconds = pass * passSeconds;
    const endSeconds = Math.min((pass + 1) * passSeconds, videoSeconds);
    const heardSeconds = Math.min(endSeconds - startSeconds, voiceSeconds);
    pieces.push({
      startSeconds,
      endSeconds,
      source:
        pass % 2 === 0
          ? { kind: 'voice', voice: 0, fromSeconds: 0, toSeconds: heardSeconds, motion: 'forward' }
          : {
              kind: 'voice',
              voice: 0,
              fromSeconds: voiceSeconds - heardSeconds,
              toSeconds: voiceSeconds,
              motion: 'backward',
            },
    });
  }
  return pieces;
}

function stretch(videoSeconds: number, voiceSeconds: number): AudioPiece {
  return {
    startSeconds: 0,
    endSeconds: videoSeconds,
    source: {
      kind: 'voice',
      voice: 0,
      fromSeconds: 0,
      toSeconds: voiceSeconds,
      motion: 'stretched',
    },
  };
}
