import type { AudioPiece } from './audio-piece.js';
import type { AudioReader } from './audio-reader.js';
import { collectFrames } from './collect-frames.js';
import { CHUNK_FRAMES, type PcmChunk, secondsToFrames } from './pcm-format.js';
import { reverseFrames } from './reverse-frames.js';
import { silence } from './silence.js';
import { stretchFrames } from './stretch-frames.js';

/** Where the pieces of a plan take their sound from. */
export interface AudioReaders {
  /** The voices, by the index that the plan uses. */
  readonly voices: readonly AudioReader[];
  /** The clip's own sound, on the clip's timeline; `null` when it has none. */
  readonly own: AudioReader | null;
}

/**
 * Renders a plan: yields its sound from the first to the last piece, gapless, in chunks of at most
 * half a second.
 *
 * Memory: pieces that play forward are streamed. A piece that plays backward or is stretched holds
 * its whole stretch of voice: 192 kB per second and channel, twice that to turn it around.
 *
 * @param pieces - the plan, in order and without gaps
 * @param readers - where the sound comes from
 * @param channels - number of channels of the result, 1 or 2
 * @param onProgress - told while a piece is gathered, before any of it is yielded
 */
export async function* renderAudio(
  pieces: readonly AudioPiece[],
  readers: AudioReaders,
  channels: number,
  onProgress: () => void = () => undefined,
): AsyncGenerator<PcmChunk, void> {
  for (const piece of pieces) {
    // Both ends are rounded on the output's timeline, so rounding errors never add up.
    const frames = secondsToFrames(piece.endSeconds) - secondsToFrames(piece.startSeconds);
    for await (const chunk of renderPiece(piece, frames, readers, channels, onProgress)) {
      for (let start = 0; start < chunk.length; start += CHUNK_FRAMES * channels) {
        yield chunk.subarray(start, start + CHUNK_FRAMES * channels);
      }
    }
  }
}

async function* renderPiece(
  { source }: AudioPiece,
  frames: number,
  { voices, own }: AudioReaders,
  channels: number,
  onProgress: () => void,
): AsyncGenerator<PcmChunk, void> {
  const reader = source.kind === 'voice' ? voices[source.voice] : own;
  if (source.kind === 'silence' || reader === undefined || reader === null) {
    yield* silence(frames, channels);
  } else if (source.kind === 'own' || source.motion === 'forward') {
    yield* reader.read(source.fromSeconds, frames, channels);
  } else {
    const heard = secondsToFrames(source.toSeconds) - secondsToFrames(source.fromSeconds);
    const chunks = reader.read(source.fromSeconds, heard, channels);
    const voice = await collectFrames(chunks, heard * channels, onProgress);
    if (source.motion === 'stretched') {
      yield* stretchFrames(voice, channels, frames);
    } else {
      yield reverseFrames(voice, channels).subarray(0, frames * channels);
      yield* silence(frames - heard, channels);
    }
  }
}
