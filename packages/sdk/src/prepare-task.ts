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
 * takes the float noise out of segment times, and puts a reference in the place of each `Blob`.
 *
 * @param referenceFor gives the media UUID that stands for a Blob.
 */
export function prepareTask(
  params: LipsyncParams,
  taskUUID: string,
  referenceFor: (blob: Blob) => string,
): VideoInferenceTask {
  // Plain JavaScript may pass anything; the rules say what is wrong with it.
  const task = { ...(wire(params, referenceFor) as VideoInferenceTask) };
  const { speech, settings } = task;
  return {
    ...constants,
    ...task,
    taskUUID,
    ...(isObject(speech) && { speech: { ...speech, voice: speech.voice ?? 'auto' } }),
    ...(Array.isArray(settings?.segments) && {
      settings: { ...settings, segments: settings.segments.map(roundTimes) },
    }),
  };
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

function roundTimes<Segment>(segment: Segment): Segment {
  if (!isObject(segment)) return segment;
  const rounded = { ...segment };
  for (const key of ['startTime', 'endTime', 'audioStartTime', 'audioEndTime'] as const) {
    const time = segment[key];
    if (typeof time === 'number') Object.assign(rounded, { [key]: roundToHundredths(time) });
  }
  return rounded;
}

/** Every Blob in the parameters, each once. */
export function findBlobs(params: LipsyncParams): Set<Blob> {
  const blobs = new Set<Blob>();
  wire(params, (blob) => {
    blobs.add(blob);
    return '';
  });
  return blobs;
}
