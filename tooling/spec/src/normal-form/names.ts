/**
 * Names that do not follow from a schema's title, by the place of the schema: property names from the
 * task's root, `[]` for an element. They are exported types, so they stay whatever Runware does to
 * titles or to the names of its own components. What is in no document takes no name.
 */
export const namesByPlace: Record<string, string> = {
  'task.inputs': 'Inputs',
  'task.speech': 'Speech',
  'task.settings': 'Settings',
  'task.settings.activeSpeakerDetection': 'ActiveSpeakerDetection',
  'task.settings.activeSpeakerDetection.boundingBoxes.[]': 'BoundingBox',
  'task.settings.segments.[]': 'Segment',
  'task.settings.syncMode': 'SyncMode',
  'task.settings.tts': 'TextToSpeech',
  'task.safety': 'Safety',
  'error.errors.[]': 'ErrorDetail',
  'response.errors.[]': 'ErrorDetail',
};

/** Names of the document's parts that every tool of this repository relies on. */
export const operationName = 'run_sync_3';
/** Extension of the operation: what Runware calls it, where that is another name. */
export const upstreamName = 'x-upstream-operation-id';
export const taskName = 'VideoInferenceTask';
export const taskUnionName = 'Task';
export const rowUnionName = 'ResponseRow';
export const requestName = 'RequestBody';
export const responseName = 'ResponseBody';
export const errorName = 'ErrorResponse';

/** `TTS Provider Settings` and `audioStart` as the names of types; empty where no letter begins one. */
export function typeName(words: string): string {
  const name = (words.match(/[A-Za-z0-9]+/g) ?? [])
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  // Generated code uses this name itself.
  return /^[A-Za-z]/.test(name) && !/^array$/i.test(name) ? name : '';
}

/** `BoundingBox` as a title. */
export const titleOf = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
