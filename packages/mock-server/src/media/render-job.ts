import type { OutputFormat } from './output-format.js';
import type { SegmentTimes } from './plan-segments.js';
import type { SyncMode } from './plan-voice.js';

/** A segment and the local file with its voice. Times are seconds. */
export interface VoiceSegment extends SegmentTimes {
  readonly path: string;
}

/** A text to speak. */
export interface Speech {
  readonly text: string;
  /** Which voice speaks; `auto` leaves the choice to the emulator. */
  readonly voice: string;
}

/** The new voice: one file, timed segments, or text to speak. */
export type Voice =
  | { readonly kind: 'audio'; readonly path: string }
  | { readonly kind: 'segments'; readonly segments: readonly VoiceSegment[] }
  | ({ readonly kind: 'speech' } & Speech);

/** What to render. */
export interface RenderJob {
  /** Local file with the video. */
  readonly videoPath: string;
  readonly voice: Voice;
  /** What to do when voice and video differ in length. Segments have their own times and ignore it. */
  readonly syncMode: SyncMode;
  readonly outputFormat: OutputFormat;
  /** 20 to 99; the API's default is 95. */
  readonly outputQuality: number;
  /**
   * What stands in input files, by their paths: files of the same contents are the same input. One
   * that is not named here is the same only under its own path.
   */
  readonly contents?: Readonly<Record<string, string>> | undefined;
  /** Where to put the result. A file of that name is replaced. */
  readonly outputPath: string;
  /** Ends the render early; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A finished render. */
export interface RenderedFile {
  /** The job's `outputPath`. */
  readonly path: string;
  /** Length of the video, in seconds. */
  readonly durationSeconds: number;
  /** Size of the file, in bytes. */
  readonly sizeBytes: number;
}
