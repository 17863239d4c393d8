import { at } from '@sync3/generated/rules';
import { mediaTypes } from '../media/media-types.js';
import { syncModes } from '../media/plan-voice.js';

/**
 * What the emulator acts on, by dotted path, `[]` for an element of a list: with every value, or with
 * these. A task may have more than this; what it says there is accepted and changes nothing.
 */
const emulated: Readonly<Record<string, true | readonly unknown[]>> = {
  taskType: true,
  taskUUID: true,
  model: true,
  webhookURL: true,
  uploadEndpoint: true,
  includeCost: true,
  numberResults: true,
  ttl: true,
  outputType: ['URL'],
  outputFormat: Object.keys(mediaTypes),
  outputQuality: true,
  deliveryMethod: ['async'],
  'inputs.video': true,
  'inputs.audio': true,
  'speech.text': true,
  'speech.voice': true,
  'settings.syncMode': syncModes,
  'settings.segments.[].startTime': true,
  'settings.segments.[].endTime': true,
  'settings.segments.[].audio': true,
  'settings.segments.[].audioStartTime': true,
  'settings.segments.[].audioEndTime': true,
  'safety.checkContent': true,
  'safety.mode': ['none', 'fast', 'full'],
};

/** What has something emulated in it. */
const holders = new Set(
  Object.keys(emulated).flatMap((path) => {
    const names = path.split('.');
    return names.map((_, index) => names.slice(0, index).join('.'));
  }),
);

/** More would not be read. */
const mostPlaces = 100;

/**
 * Where a task says something that the emulator takes and does not act on: settings that it has not
 * learnt, and choices. A list of which nothing is emulated is one place.
 *
 * @returns JSON Pointers, at most 100.
 */
export function findNotEmulated(task: object): string[] {
  const found: string[] = [];
  const look = (value: unknown, path: readonly string[], pointer: string): void => {
    const name = path.join('.');
    const values = emulated[name];
    if (found.length === mostPlaces || values === true || values?.includes(value)) return;
    const isList = Array.isArray(value);
    const entries = isList && !holders.has(name) ? [] : Object.entries(Object(value));
    if (typeof value !== 'object' || entries.length === 0) {
      if (!holders.has(name)) found.push(pointer);
      return;
    }
    for (const [key, own] of entries) {
      look(own, [...path, isList ? '[]' : key], at(pointer, key));
    }
  };
  look(task, [], '');
  return found;
}
