// This file is generated from the composed document by tooling/spec/src/rules.

import { boolean, choice, integer, isLonger, isShorter, isString, list, mediaReference, number, numbers, numeric, object, scalar, string, type Check, uri, uuid } from './checks.gen.js';
import { hasDecimals } from './decimals.gen.js';

const inputs = object('Inputs', {
  video: mediaReference,
  audio: mediaReference,
}, ['video']);

const speech = object('Speech', {
  text: scalar('a string of 1 to 5000 characters', isString, (value) => (isShorter(value, 1) ? ' minLength' : '') + (isLonger(value, 5000) ? ' maxLength' : '')),
  voice: string,
}, ['text','voice']);

const activeSpeakerDetection = object('ActiveSpeakerDetection', {
  autoDetect: boolean,
  boundingBoxes: list(numbers('a list of 4 numbers', 4, 4), 'a list of boxes'),
  coordinates: numbers('a list of 2 numbers', 2, 2),
  frameNumber: integer(0),
});

const segment = object('Segment', {
  startTime: numeric('a number with at most two decimals from 0', (value) => (value < 0 ? ' minimum' : '') + (!hasDecimals(value, 2) ? ' multipleOf' : '')),
  endTime: numeric('a number with at most two decimals, above 0', (value) => (value <= 0 ? ' exclusiveMinimum' : '') + (!hasDecimals(value, 2) ? ' multipleOf' : '')),
  audio: mediaReference,
  audioStartTime: numeric('a number with at most two decimals from 0', (value) => (value < 0 ? ' minimum' : '') + (!hasDecimals(value, 2) ? ' multipleOf' : '')),
  audioEndTime: numeric('a number with at most two decimals from 0', (value) => (value < 0 ? ' minimum' : '') + (!hasDecimals(value, 2) ? ' multipleOf' : '')),
}, ['startTime','endTime','audio']);

const textToSpeech = object('TextToSpeech', {
  provider: string,
  stability: number(0, 1),
  similarityBoost: number(0, 1),
});

const settings = object('Settings', {
  activeSpeakerDetection: activeSpeakerDetection,
  segments: list(segment, 'a list of at least one segment', 1),
  syncMode: choice('oneOf', 'bounce', 'cut_off', 'silence', 'remap'),
  tts: textToSpeech,
});

const safety = object('Safety', {
  checkContent: boolean,
  mode: choice('oneOf', 'none', 'fast', 'full'),
});

const videoInferenceTask = object('VideoInferenceTask', {
  model: choice('const', 'sync:lipsync@3'),
  inputs: inputs,
  speech: speech,
  settings: settings,
  taskType: choice('const', 'videoInference'),
  taskUUID: uuid,
  webhookURL: uri,
  includeCost: boolean,
  numberResults: integer(1, 20),
  uploadEndpoint: uri,
  ttl: integer(60),
  outputType: choice('enum', 'URL'),
  outputFormat: choice('enum', 'MP4', 'WEBM', 'MOV'),
  outputQuality: integer(20, 99),
  deliveryMethod: choice('oneOf', 'async'),
  safety: safety,
}, ['inputs','taskType','taskUUID','model']);

export const checkVideoInferenceTask: Check = videoInferenceTask;
