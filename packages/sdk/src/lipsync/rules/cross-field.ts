import type { CrossField } from '@sync3/generated/rules';
import { activeSpeakerDetection } from './active-speaker-detection.js';
import { audioSource } from './audio-source.js';
import { segment } from './segment.js';

/** What the document says of several properties together, by the schema that has them. */
export const crossField: CrossField = {
  VideoInferenceTask: audioSource,
  ActiveSpeakerDetection: activeSpeakerDetection,
  Segment: segment,
};
