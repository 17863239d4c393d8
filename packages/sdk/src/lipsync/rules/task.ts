import { activeSpeakerDetection } from './active-speaker-detection.js';
import { oneAudioSource, ttsNeedsSpeech } from './audio-source.js';
import { boolean, type Check, integer, literal, number, object, string } from './check.js';
import { mediaReference, uri, uuid } from './media-reference.js';
import { segments } from './segments.js';

const share = number(0, 1);

const settings = object({
  activeSpeakerDetection,
  segments,
  syncMode: literal('oneOf', 'bounce', 'cut_off', 'silence', 'remap'),
  tts: object({
    provider: string(),
    stability: share,
    similarityBoost: share,
  }),
});

/** The upstream schema of one lip-sync task, assertion by assertion. */
export const task: Check = object(
  {
    taskType: literal('const', 'videoInference'),
    taskUUID: uuid,
    model: literal('const', 'sync:lipsync@3'),
    inputs: object({ video: mediaReference, audio: mediaReference }, ['video']),
    speech: object({ text: string(1, 5000), voice: string() }, ['text', 'voice']),
    settings,
    webhookURL: uri,
    includeCost: boolean,
    numberResults: number(1, 20, integer),
    uploadEndpoint: uri,
    ttl: number(60, Infinity, integer),
    outputType: literal('enum', 'URL'),
    outputFormat: literal('enum', 'MP4', 'WEBM', 'MOV'),
    outputQuality: number(20, 99, integer),
    deliveryMethod: literal('oneOf', 'async'),
    safety: object({
      checkContent: boolean,
      mode: literal('oneOf', 'none', 'fast', 'full'),
    }),
  },
  ['inputs', 'taskType', 'taskUUID', 'model'],
  oneAudioSource,
  ttsNeedsSpeech,
);
