import type { AudioPiece, PieceSource } from './audio-piece.js';

/** A timed line of voice. Names and meaning are the API's own; all times are seconds. */
export interface SegmentTimes {
  /** Where on the video the segment starts. */
  readonly startTime: number;
  /** Where on the video the segment ends. */
  readonly endTime: number;
  /** Where in the voice file to start. Default 0. */
  readonly audioStartTime?: number | undefined;
  /** Where in the voice file to stop. Default: its end. */
  readonly audioEndTime?: number | undefined;
}

/** A segment and the length of its voice file in seconds. */
export interface PlannedSegment extends SegmentTimes {
  readonly voiceSeconds: number;
}

/**
 * Lays segments over the clip's own sound. Where segments overlap, the later one in the list is
 * heard. A segment is cut at the video's end; one that ends before it starts is never heard.
 * A voice that is shorter than its segment leaves silence up to the segment's end.
 *
 * The pieces are in order, leave no gap and fill the video exactly.
 *
 * @param videoSeconds - length of the video
 * @param segments - the segments, in the order of the request
 * @param hasOwnSound - whether the clip has sound of its own; without it, the gaps are silent
 */
export function planSegments(
  videoSeconds: number,
  segments: readonly PlannedSegment[],
  hasOwnSound: boolean,
): AudioPiece[] {
  const pieces: AudioPiece[] = [];
  let startSeconds = 0;
  for (const endSeconds of momentsOfChange(videoSeconds, segments)) {
    const source = sourceFrom(startSeconds, endSeconds, segments, hasOwnSound);
    const previous = pieces.at(-1);
    if (previous !== undefined && isSameSound(previous.source, source)) {
      // One long piece instead of two: a cut that nobody hears would only cost precision.
      pieces[pieces.length - 1] = lengthen(previous, endSeconds, source);
    } else {
      pieces.push({ startSeconds, endSeconds, source });
    }
    startSeconds = endSeconds;
  }
  return pieces;
}

/** The moments after zero at which another sound may begin, in order; the video's end is the last. */
function momentsOfChange(videoSeconds: number, segments: readonly PlannedSegment[]): number[] {
  const moments = segments.flatMap((segment) => [
    segment.startTime,
    voiceEnd(segment),
    segment.endTime,
  ]);
  return [...new Set([...moments, videoSeconds])]
    .filter((moment) => moment > 0 && moment <= videoSeconds)
    .sort((left, right) => left - right);
}

function sourceFrom(
  startSeconds: number,
  endSeconds: number,
  segments: readonly PlannedSegment[],
  hasOwnSound: boolean,
): PieceSource {
  const voice = segments.findLastIndex(
    (segment) => segment.startTime <= startSeconds && segment.endTime >= endSeconds,
  );
  const segment = segments[voice];
  if (segment === undefined) {
    return hasOwnSound ? { kind: 'own', fromSeconds: startSeconds } : { kind: 'silence' };
  }
  if (startSeconds >= voiceEnd(segment)) return { kind: 'silence' };
  const offset = (segment.audioStartTime ?? 0) - segment.startTime;
  return {
    kind: 'voice',
    voice,
    fromSeconds: startSeconds + offset,
    toSeconds: endSeconds + offset,
    motion: 'forward',
  };
}

/** Where on the video the segment's voice runs out; never before the segment's start. */
function voiceEnd(segment: PlannedSegment): number {
  const from = segment.audioStartTime ?? 0;
  const to = Math.min(segment.audioEndTime ?? Infinity, segment.voiceSeconds);
  return segment.startTime + Math.max(0, to - from);
}

function isSameSound(before: PieceSource, after: PieceSource): boolean {
  if (before.kind !== 'voice' || after.kind !== 'voice') return before.kind === after.kind;
  return before.voice === after.voice;
}

function lengthen(piece: AudioPiece, endSeconds: number, source: PieceSource): AudioPiece {
  if (piece.source.kind !== 'voice' || source.kind !== 'voice') return { ...piece, endSeconds };
  return { ...piece, endSeconds, source: { ...piece.source, toSeconds: source.toSeconds } };
}
