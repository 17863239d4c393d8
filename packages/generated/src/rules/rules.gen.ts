// This file is generated from the composed document by tooling/spec/src/rules.

import { isObject, type Place } from './findings.gen.js';
import { boolean, choice, format, inside, integer, isList, isLonger, isNumber, isShorter, mediaReference, missing, mistake, number, string, unknown, url } from './checks.gen.js';
import { hasDecimals } from './decimals.gen.js';
import { isUuid } from './formats.gen.js';

export function checkVideoInferenceTask(value: unknown, at: Place): void {
  if (!isObject(value)) return mistake(at, 'type', 'an object');
  if (value['inputs'] === undefined) missing(at, 'inputs');
  if (value['taskType'] === undefined) missing(at, 'taskType');
  if (value['taskUUID'] === undefined) missing(at, 'taskUUID');
  if (value['model'] === undefined) missing(at, 'model');
  for (const key in value) {
    const property = value[key];
    if (property === undefined) continue;
    switch (key) {
      case 'model':
        choice(property, at, key, 'const', ['sync:lipsync@3']);
        break;
      case 'inputs':
        inside(property, at, key, checkInputs);
        break;
      case 'speech':
        inside(property, at, key, checkSpeech);
        break;
      case 'settings':
        inside(property, at, key, checkSettings);
        break;
      case 'taskType':
        choice(property, at, key, 'const', ['videoInference']);
        break;
      case 'taskUUID':
        format(property, at, key, 'format', isUuid, 'a UUID');
        break;
      case 'webhookURL':
      case 'uploadEndpoint':
        url(property, at, key, 'format');
        break;
      case 'includeCost':
        boolean(property, at, key);
        break;
      case 'numberResults':
        integer(property, at, key, 1, 20);
        break;
      case 'ttl':
        integer(property, at, key, 60);
        break;
      case 'outputType':
        choice(property, at, key, 'enum', ['URL']);
        break;
      case 'outputFormat':
        choice(property, at, key, 'enum', ['MP4', 'WEBM', 'MOV']);
        break;
      case 'outputQuality':
        integer(property, at, key, 20, 99);
        break;
      case 'deliveryMethod':
        choice(property, at, key, 'oneOf', ['async']);
        break;
      case 'safety':
        inside(property, at, key, checkSafety);
        break;
      default:
        unknown(value, at, key, 'model, inputs, speech, settings, taskType, taskUUID, webhookURL, includeCost, numberResults, uploadEndpoint, ttl, outputType, outputFormat, outputQuality, deliveryMethod, safety');
    }
  }
  at.crossField['VideoInferenceTask']?.(value, at);
}

function checkInputs(value: unknown, at: Place): void {
  if (!isObject(value)) return mistake(at, 'type', 'an object');
  if (value['video'] === undefined) missing(at, 'video');
  for (const key in value) {
    const property = value[key];
    if (property === undefined) continue;
    switch (key) {
      case 'video':
      case 'audio':
        mediaReference(property, at, key, 'anyOf');
        break;
      default:
        unknown(value, at, key, 'video, audio');
    }
  }
  at.crossField['Inputs']?.(value, at);
}

function checkSpeech(value: unknown, at: Place): void {
  if (!isObject(value)) return mistake(at, 'type', 'an object');
  if (value['text'] === undefined) missing(at, 'text');
  if (value['voice'] === undefined) missing(at, 'voice');
  for (const key in value) {
    const property = value[key];
    if (property === undefined) continue;
    switch (key) {
      case 'text':
        if (typeof property !== 'string') mistake(at, 'type', 'a string of 1 to 5000 characters', key);
        else {
          if (isShorter(property, 1)) mistake(at, 'minLength', 'a string of 1 to 5000 characters', key);
          if (isLonger(property, 5000)) mistake(at, 'maxLength', 'a string of 1 to 5000 characters', key);
        }
        break;
      case 'voice':
        string(property, at, key);
        break;
      default:
        unknown(value, at, key, 'text, voice');
    }
  }
  at.crossField['Speech']?.(value, at);
}

function checkSettings(value: unknown, at: Place): void {
  if (!isObject(value)) return mistake(at, 'type', 'an object');
  for (const key in value) {
    const property = value[key];
    if (property === undefined) continue;
    switch (key) {
      case 'activeSpeakerDetection':
        inside(property, at, key, checkActiveSpeakerDetection);
        break;
      case 'segments':
        inside(property, at, key, checkSettingsSegments);
        break;
      case 'syncMode':
        choice(property, at, key, 'oneOf', ['bounce', 'cut_off', 'silence', 'remap']);
        break;
      case 'tts':
        inside(property, at, key, checkTextToSpeech);
        break;
      default:
        unknown(value, at, key, 'activeSpeakerDetection, segments, syncMode, tts');
    }
  }
  at.crossField['Settings']?.(value, at);
}

function checkActiveSpeakerDetection(value: unknown, at: Place): void {
  if (!isObject(value)) return mistake(at, 'type', 'an object');
  for (const key in value) {
    const property = value[key];
    if (property === undefined) continue;
    switch (key) {
      case 'autoDetect':
        boolean(property, at, key);
        break;
      case 'boundingBoxes':
        inside(property, at, key, checkActiveSpeakerDetectionBoundingBoxes);
        break;
      case 'coordinates':
        inside(property, at, key, checkActiveSpeakerDetectionCoordinates);
        break;
      case 'frameNumber':
        integer(property, at, key, 0);
        break;
      default:
        unknown(value, at, key, 'autoDetect, boundingBoxes, coordinates, frameNumber');
    }
  }
  at.crossField['ActiveSpeakerDetection']?.(value, at);
}

function checkActiveSpeakerDetectionBoundingBoxes(value: unknown, at: Place): void {
  if (!isList(value)) return mistake(at, 'type', 'a list of boxes');
  for (let index = 0; index < value.length; index += 1) {
    const item = value[index];
    at.path.push(index);
    checkBoundingBox(item, at);
    at.path.pop();
  }
}

function checkBoundingBox(value: unknown, at: Place): void {
  if (!isList(value)) return mistake(at, 'type', 'a list of 4 numbers');
  if (value.length < 4) mistake(at, 'minItems', 'a list of 4 numbers');
  if (value.length > 4) mistake(at, 'maxItems', 'a list of 4 numbers');
  for (let index = 0; index < value.length; index += 1) {
    const item = value[index];
    if (!isNumber(item)) mistake(at, 'type', 'a number', index);
  }
}

function checkActiveSpeakerDetectionCoordinates(value: unknown, at: Place): void {
  if (!isList(value)) return mistake(at, 'type', 'a list of 2 numbers');
  if (value.length < 2) mistake(at, 'minItems', 'a list of 2 numbers');
  if (value.length > 2) mistake(at, 'maxItems', 'a list of 2 numbers');
  for (let index = 0; index < value.length; index += 1) {
    const item = value[index];
    if (!isNumber(item)) mistake(at, 'type', 'a number', index);
  }
}

function checkSettingsSegments(value: unknown, at: Place): void {
  if (!isList(value)) return mistake(at, 'type', 'a list of at least one segment');
  if (value.length < 1) mistake(at, 'minItems', 'a list of at least one segment');
  for (let index = 0; index < value.length; index += 1) {
    const item = value[index];
    at.path.push(index);
    checkSegment(item, at);
    at.path.pop();
  }
}

function checkSegment(value: unknown, at: Place): void {
  if (!isObject(value)) return mistake(at, 'type', 'an object');
  if (value['startTime'] === undefined) missing(at, 'startTime');
  if (value['endTime'] === undefined) missing(at, 'endTime');
  if (value['audio'] === undefined) missing(at, 'audio');
  for (const key in value) {
    const property = value[key];
    if (property === undefined) continue;
    switch (key) {
      case 'startTime':
      case 'audioStartTime':
      case 'audioEndTime':
        if (!isNumber(property)) mistake(at, 'type', 'a number with at most two decimals from 0', key);
        else {
          if (property < 0) mistake(at, 'minimum', 'a number with at most two decimals from 0', key);
          if (!hasDecimals(property, 2)) mistake(at, 'multipleOf', 'a number with at most two decimals from 0', key);
        }
        break;
      case 'endTime':
        if (!isNumber(property)) mistake(at, 'type', 'a number with at most two decimals, above 0', key);
        else {
          if (property <= 0) mistake(at, 'exclusiveMinimum', 'a number with at most two decimals, above 0', key);
          if (!hasDecimals(property, 2)) mistake(at, 'multipleOf', 'a number with at most two decimals, above 0', key);
        }
        break;
      case 'audio':
        mediaReference(property, at, key, 'anyOf');
        break;
      default:
        unknown(value, at, key, 'startTime, endTime, audio, audioStartTime, audioEndTime');
    }
  }
  at.crossField['Segment']?.(value, at);
}

function checkTextToSpeech(value: unknown, at: Place): void {
  if (!isObject(value)) return mistake(at, 'type', 'an object');
  for (const key in value) {
    const property = value[key];
    if (property === undefined) continue;
    switch (key) {
      case 'provider':
        string(property, at, key);
        break;
      case 'stability':
      case 'similarityBoost':
        number(property, at, key, 0, 1);
        break;
      default:
        unknown(value, at, key, 'provider, stability, similarityBoost');
    }
  }
  at.crossField['TextToSpeech']?.(value, at);
}

function checkSafety(value: unknown, at: Place): void {
  if (!isObject(value)) return mistake(at, 'type', 'an object');
  for (const key in value) {
    const property = value[key];
    if (property === undefined) continue;
    switch (key) {
      case 'checkContent':
        boolean(property, at, key);
        break;
      case 'mode':
        choice(property, at, key, 'oneOf', ['none', 'fast', 'full']);
        break;
      default:
        unknown(value, at, key, 'checkContent, mode');
    }
  }
  at.crossField['Safety']?.(value, at);
}
