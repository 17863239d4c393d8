import type {
  BoundingBox,
  Safety,
  SyncMode,
  TextToSpeech,
  VideoInferenceTask,
} from '@sync3/generated';

/**
 * A video or a voice: the URL of a file, the UUID of an uploaded one, or the file itself.
 * A string is never read as a local path; use `file()` from `@sync3/sdk/node` for that.
 * A `Blob` is uploaded first, when the request is submitted.
 */
export type MediaSource = string | URL | Blob;

declare const reason: unique symbol;
/** The type of a property that must stay out, and why. Nothing has this type but `undefined`. */
interface LeaveOut<Why extends string> {
  readonly [reason]: Why;
}

// Where a list would stand, the sentence itself is the type: beside an object type the compiler would
// no longer look into the elements of a list of segments.
type OneSource = 'give exactly one of inputs.audio, speech and settings.segments';

/**
 * Parameters of one lip-sync job. The names are the API's own; `taskType`, `model`, `taskUUID`,
 * `deliveryMethod` and `speech.voice` are filled in.
 */
// TypeScript explains a request that fits none of these by the last name in the alphabet. That has
// to stay the commonest kind, or people who forget the audio are told to add speech.
export type LipsyncParams = LipsyncFromSegments | LipsyncFromText | LipsyncFromVoice;

/** Stretches of the video get a voice each; the rest keeps its own sound. */
export interface LipsyncFromSegments extends LipsyncOptions {
  /** The clip. */
  inputs: { video: MediaSource; audio?: LeaveOut<OneSource> };
  /** The stretches, and how they are synced. */
  settings: SegmentSettings;
  /** Stays out: the voice is given elsewhere. */
  speech?: undefined;
}

/** The new voice is spoken from a text. */
export interface LipsyncFromText extends LipsyncOptions {
  /** The clip. */
  inputs: { video: MediaSource; audio?: LeaveOut<OneSource> };
  /** The text and who speaks it. */
  speech: {
    /** What to say: 1 to 5,000 characters. */
    text: string;
    /** Voice identifier. @default 'auto' */
    voice?: string;
  };
  /** How the text is spoken and synced. */
  settings?: TextSettings;
}

/** The new voice is a recording. */
export interface LipsyncFromVoice extends LipsyncOptions {
  /** The clip and the new voice. */
  inputs: VideoWithVoice;
  /** How they are synced. */
  settings?: VoiceSettings;
  /** Stays out: the voice is given elsewhere. */
  speech?: undefined;
}

// The compiler's message on a missing `audio` prints this name with its argument.
interface VideoWithVoice<Why extends string = OneSource> {
  video: MediaSource;
  audio: MediaSource;
  readonly [reason]?: Why;
}

interface SegmentSettings extends SpeakerSettings {
  /** At least one; they should not overlap. */
  segments: SegmentParams[];
  tts?: LeaveOut<'settings.tts needs speech'>;
}

interface TextSettings extends SpeakerSettings {
  segments?: OneSource | undefined;
  /** How the provider speaks. */
  tts?: TextToSpeech;
}

interface VoiceSettings extends SpeakerSettings {
  segments?: OneSource | undefined;
  tts?: LeaveOut<'settings.tts needs speech'>;
}

/** What every kind of job takes. */
interface LipsyncOptions
  extends Pick<
    VideoInferenceTask,
    | 'includeCost'
    | 'numberResults'
    | 'ttl'
    | 'outputType'
    | 'outputFormat'
    | 'outputQuality'
    | 'deliveryMethod'
  > {
  /**
   * UUID v4 of the job, when you want to choose it. It must never have been used for another job.
   * @default derived from `idempotencyKey`, else random
   */
  taskUUID?: string;
  /** Receives a POST for each finished result. Use HTTPS. */
  webhookURL?: string | URL;
  /** Receives a PUT with the raw bytes of the result, usually a presigned URL. */
  uploadEndpoint?: string | URL;
  /** Content checks. Set `checkContent` and `mode` together. */
  safety?: Safety;
}

interface SpeakerSettings {
  /** What happens when voice and video differ in length. @default 'cut_off' */
  // Written out, so that the compiler's message on another value lists the four modes, not `SyncMode`.
  syncMode?: { [Mode in SyncMode]: Mode }[SyncMode];
  /** Which face speaks, in clips with several. */
  activeSpeakerDetection?: SpeakerDetected | SpeakerByBoxes | SpeakerByPoint;
}

type OneChoice = 'give boundingBoxes, or coordinates with frameNumber, not both';

/** The API finds the speaker. */
interface SpeakerDetected {
  /** @default false */
  autoDetect?: boolean;
  boundingBoxes?: never;
  coordinates?: LeaveOut<'coordinates needs frameNumber'>;
  frameNumber?: LeaveOut<'frameNumber needs coordinates'>;
}

/** The speaker's face in each frame. */
interface SpeakerByBoxes {
  autoDetect?: boolean;
  /** One box a frame, `[x1, y1, x2, y2]` in pixels. */
  boundingBoxes: BoundingBox[];
  coordinates?: LeaveOut<OneChoice>;
  frameNumber?: LeaveOut<OneChoice>;
}

/** A point on the speaker's face in one frame. */
interface SpeakerByPoint {
  autoDetect?: boolean;
  boundingBoxes?: LeaveOut<OneChoice>;
  /** `[x, y]` in pixels. */
  coordinates: [number, number];
  /** Index of the frame, from 0. */
  frameNumber: number;
}

/** One stretch of the video and the audio that goes over it. Times are in seconds. */
export type SegmentParams = SegmentOfPart | SegmentOfWhole;

interface SegmentTimes {
  /** From 0; at most two decimals (float noise is rounded away). */
  startTime: number;
  /** Greater than `startTime`. */
  endTime: number;
  audio: MediaSource;
}

/** A part of the audio is used. */
interface SegmentOfPart extends SegmentTimes {
  /** Where to begin in the audio. */
  audioStartTime: number;
  /** Where to stop in the audio. */
  audioEndTime: number;
}

/** The audio is used from its beginning. */
interface SegmentOfWhole extends SegmentTimes {
  audioStartTime?: LeaveOut<'audioStartTime needs audioEndTime'>;
  audioEndTime?: LeaveOut<'audioEndTime needs audioStartTime'>;
}
