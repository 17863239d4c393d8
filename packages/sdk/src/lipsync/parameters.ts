import type {
  ActiveSpeakerDetection,
  Inputs,
  Segment,
  Settings,
  Speech,
  VideoInferenceTask,
} from '@sync3/generated';
import type { Accepted, Only, Without } from './accepted.js';
import type { MediaSource } from './media-source.js';

export type { MediaSource };

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
  inputs: VideoAlone;
  /** The stretches, and how they are synced. */
  settings: SegmentSettings;
  /** Stays out: the voice is given elsewhere. */
  speech?: undefined;
}

/** The new voice is spoken from a text. */
export interface LipsyncFromText extends LipsyncOptions {
  /** The clip. */
  inputs: VideoAlone;
  /** The text and who speaks it. */
  speech: SpeechParams;
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

/** What every kind of job takes. */
interface LipsyncOptions
  extends Accepted<Without<VideoInferenceTask, FilledIn | Source>, ''>,
    Partial<Only<VideoInferenceTask, 'model'>> {
  /**
   * UUID v4 of the job, when you want to choose it. It must never have been used for another job.
   * @default derived from `idempotencyKey`, else random
   */
  taskUUID?: string;
}

type FilledIn = 'taskType' | 'model' | 'taskUUID';
type Source = 'inputs' | 'speech' | 'settings';

interface VideoAlone extends Accepted<Without<Inputs, 'audio'>, 'inputs.'> {
  audio?: LeaveOut<OneSource>;
}

// The compiler's message on a missing `audio` prints this name with its argument.
interface VideoWithVoice<Why extends string = OneSource>
  extends Accepted<Without<Inputs, 'audio'>, 'inputs.'> {
  audio: MediaSource;
  readonly [reason]?: Why;
}

/** `voice` is filled in. */
interface SpeechParams
  extends Accepted<Without<Speech, 'voice'>, 'speech.'>,
    Partial<Only<Speech, 'voice'>> {}

/** Settings of every kind of job. */
interface CommonSettings
  extends Accepted<Without<Settings, 'activeSpeakerDetection' | 'segments' | 'tts'>, 'settings.'> {
  /** Which face speaks, in clips with several. */
  activeSpeakerDetection?: SpeakerDetected | SpeakerByBoxes | SpeakerByPoint;
}

interface SegmentSettings extends CommonSettings {
  /** At least one; they should not overlap. */
  segments: SegmentParams[];
  tts?: LeaveOut<'settings.tts needs speech'>;
}

interface TextSettings extends CommonSettings, Only<Settings, 'tts'> {
  segments?: OneSource | undefined;
}

interface VoiceSettings extends CommonSettings {
  segments?: OneSource | undefined;
  tts?: LeaveOut<'settings.tts needs speech'>;
}

type OneChoice = 'give boundingBoxes, or coordinates with frameNumber, not both';
type Boxes = 'boundingBoxes';
type Point = 'coordinates' | 'frameNumber';

/** What every way to find the speaker takes. */
interface SpeakerOptions
  extends Accepted<
    Without<ActiveSpeakerDetection, Boxes | Point>,
    'settings.activeSpeakerDetection.'
  > {}

/** The API finds the speaker. */
interface SpeakerDetected extends SpeakerOptions {
  boundingBoxes?: never;
  coordinates?: LeaveOut<'coordinates needs frameNumber'>;
  frameNumber?: LeaveOut<'frameNumber needs coordinates'>;
}

/** The speaker's face in each frame. */
interface SpeakerByBoxes extends SpeakerOptions, Required<Only<ActiveSpeakerDetection, Boxes>> {
  coordinates?: LeaveOut<OneChoice>;
  frameNumber?: LeaveOut<OneChoice>;
}

/** A point on the speaker's face in one frame. */
interface SpeakerByPoint extends SpeakerOptions, Required<Only<ActiveSpeakerDetection, Point>> {
  boundingBoxes?: LeaveOut<OneChoice>;
}

/** One stretch of the video and the audio that goes over it. Times are in seconds. */
export type SegmentParams = SegmentOfPart | SegmentOfWhole;

type Part = 'audioStartTime' | 'audioEndTime';

interface SegmentTimes extends Accepted<Without<Segment, Part>, 'settings.segments[].'> {}

/** A part of the audio is used. */
interface SegmentOfPart extends SegmentTimes, Required<Only<Segment, Part>> {}

/** The audio is used from its beginning. */
interface SegmentOfWhole extends SegmentTimes {
  audioStartTime?: LeaveOut<'audioStartTime needs audioEndTime'>;
  audioEndTime?: LeaveOut<'audioEndTime needs audioStartTime'>;
}
