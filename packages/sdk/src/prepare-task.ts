import type { VideoInferenceTask } from '@sync3/generated';
import type { LipsyncParams } from './parameters.js';
import { isObject } from './rules/check.js';
import { roundToHundredths } from './rules/hundredths.js';

/** What the SDK knows about every lip-sync task. */
const constants = {
  taskType: 'videoInference',
  model: 'sync:lipsync@3',
  deliveryMethod: 'async',
} as const;

/**
 * Makes the wire task out of the parameters: fills in what the SDK knows, writes URLs as strings,
 * takes the float noise out of segment times, and puts a reference in the place of each `Blob`. The
 * parameters are read once; nothing of them is in the task.
 *
 * @param params anything: plain JavaScript may pass what is no parameters, and the rules say so.
 * @param referenceFor gives what stands for a Blob.
 * @returns the task, whose `taskUUID` is missing when the parameters have none.
 */
export function prepareTask(
  params: LipsyncParams,
  referenceFor: (blob: Blob) => string,
): VideoInferenceTask {
  const task: VideoInferenceTask = {
    ...constants,
    ...(wire(params, referenceFor) as VideoInferenceTask),
  };
  const { speech, settings } = task;
  if (isObject(speech)) speech.voice ??= 'auto';
  if (isObject(settings) && Array.isArray(settings.segments)) settings.segments.forEach(roundTimes);
  return task;
}

/** The same tree as JSON would carry it, without `undefined`, URLs and Blobs. */
function wire(value: unknown, referenceFor: (blob: Blob) => string): unknown {
  if (value instanceof URL) return value.href;
  if (value instanceof Blob) return referenceFor(value);
  if (Array.isArray(value)) return value.map((element) => wire(element, referenceFor));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, property]) => property !== undefined)
      .map(([key, property]) => [key, wire(property, referenceFor)]),
  );
}

function roundTimes(segment: unknown): void {
  if (!isObject(segment)) return;
  for (const key of ['startTime', 'endTime', 'audioStartTime', 'audioEndTime']) {
    const time = segment[key];
    if (typeof time === 'number') segment[key] = roundToHundredths(time);
  }
}
