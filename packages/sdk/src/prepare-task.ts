import type { VideoInferenceTask } from '@sync3/generated';
import type { LipsyncParams } from './parameters.js';
import { randomUUID } from './random-uuid.js';
import { isObject } from './rules/check.js';
import { roundToHundredths } from './rules/hundredths.js';

/** What the SDK knows about every lip-sync task. */
const constants = {
  taskType: 'videoInference',
  model: 'sync:lipsync@3',
  deliveryMethod: 'async',
} as const;

/** A task that may hold Blobs. */
export interface Draft {
  /** Its `taskUUID` is missing when the parameters have none. */
  task: VideoInferenceTask;
  /** The UUIDs in the task that stand for Blobs until these are uploaded. */
  blobs: Map<Blob, string>;
}

/**
 * Makes the wire task out of the parameters: fills in what the SDK knows, writes URLs as strings,
 * takes the float noise out of segment times, and puts a UUID in the place of each `Blob`. The
 * parameters are read once; nothing of them is in the task.
 *
 * @param params anything: plain JavaScript may pass what is no parameters, and the rules say so.
 */
export function prepareTask(params: LipsyncParams): Draft {
  const blobs = new Map<Blob, string>();
  const json = JSON.stringify({ ...params }, (key, value) => {
    if (value instanceof Blob) {
      const standIn = blobs.get(value) ?? randomUUID();
      blobs.set(value, standIn);
      return standIn;
    }
    if (typeof value === 'number' && key.endsWith('Time')) return roundToHundredths(value);
    // JSON has no such thing; no rule accepts `null`.
    return ['bigint', 'function', 'symbol'].includes(typeof value) ? null : value;
  });
  const task: VideoInferenceTask = { ...constants, ...JSON.parse(json) };
  if (isObject(task.speech)) task.speech.voice ??= 'auto';
  return { task, blobs };
}
