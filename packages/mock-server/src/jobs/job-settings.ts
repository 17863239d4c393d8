import { defaultNumberResults, defaults } from '@sync3/generated/constants';
import { mediaTypes } from '../media/media-types.js';
import type { OutputFormat } from '../media/output-format.js';
import { type SyncMode, syncModes } from '../media/plan-voice.js';

/** What a task says, or the document's default, of all that the emulator acts on. */
export interface JobSettings {
  numberResults: number;
  includeCost: boolean;
  /** In seconds; without one the file stays. */
  ttl: number;
  outputFormat: OutputFormat;
  /** 20 to 99. */
  outputQuality: number;
  syncMode: SyncMode;
  /** Whether the safety check looks at the results. */
  isChecked: boolean;
}

/**
 * Reads a task that keeps to the document. A choice that the emulator has not learnt, or a property
 * that the document no longer has, comes out as what it can do: an MP4 whose sound is cut off.
 */
export function settingsOf(task: object): JobSettings {
  const given = (...path: string[]): unknown =>
    path.reduce<unknown>((value, name) => Object(value)[name], task) ?? defaults[path.join('.')];
  return {
    numberResults: Number(given('numberResults') ?? defaultNumberResults),
    includeCost: given('includeCost') === true,
    ttl: Number(given('ttl') ?? Infinity),
    outputFormat: known(given('outputFormat'), Object.keys(mediaTypes), 'MP4'),
    outputQuality: Number(given('outputQuality') ?? 95),
    syncMode: known(given('settings', 'syncMode'), syncModes, 'cut_off'),
    // `mode` alone enables nothing; beside `checkContent` its default is `fast` (upstream document).
    isChecked:
      given('safety', 'checkContent') === true && Object(Object(task).safety).mode !== 'none',
  };
}

function known<Choice extends string>(
  value: unknown,
  choices: readonly string[],
  otherwise: Choice,
): Choice {
  return choices.includes(value as string) ? (value as Choice) : otherwise;
}
