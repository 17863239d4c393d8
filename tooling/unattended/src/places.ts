import type { Part } from '../../spec/test/diff/document-parts.ts';
import { properties, segment, settings, speaker } from '../../spec/test/diff/document-parts.ts';

/** A JSON object, such as a task. */
export type Json = Record<string, unknown>;

/** An object of the request that can gain and lose properties. */
export interface Place {
  /** Names from the task's root; `[]` stands for an element of a list. */
  path: readonly string[];
  /** Its schema in upstream's document; `undefined` where the document has no such object. */
  schemaIn(document: Part): Part | undefined;
  /** A job that breaks no rule and has this object. */
  job: Json;
}

const video = 'https://example.com/talk.mp4';
const audio = 'https://example.com/line.wav';

export const fromVoice: Json = { inputs: { video, audio } };
export const fromText: Json = { inputs: { video }, speech: { text: 'Hello', voice: 'auto' } };
export const fromSegments: Json = {
  inputs: { video },
  settings: { segments: [{ startTime: 0, endTime: 1, audio }] },
};

export const places: readonly Place[] = [
  {
    path: [],
    schemaIn: (document) => document.components.schemas.RequestBody.items,
    job: fromVoice,
  },
  {
    path: ['settings'],
    schemaIn: (document) => properties(document).settings,
    job: fromVoice,
  },
  {
    path: ['settings', 'tts'],
    schemaIn: (document) => settings(document).tts,
    job: fromText,
  },
  {
    path: ['settings', 'segments', '[]'],
    schemaIn: segment,
    job: fromSegments,
  },
  {
    path: ['settings', 'activeSpeakerDetection'],
    schemaIn: speaker,
    job: fromVoice,
  },
  {
    path: ['speech'],
    schemaIn: (document) => properties(document).speech,
    job: fromText,
  },
  {
    path: ['safety'],
    schemaIn: (document) => properties(document).safety,
    job: fromVoice,
  },
];

/** A copy of a job with a value at a path; objects on the way are made where they are missing. */
export function withValue(job: Json, path: readonly string[], value: unknown): Json {
  const copy = structuredClone(job);
  let parent: Part = copy;
  for (const name of path.slice(0, -1)) {
    if (name !== '[]') parent[name] ??= {};
    parent = name === '[]' ? parent[0] : parent[name];
  }
  parent[path.at(-1) as string] = value;
  return copy;
}

/** What stands at a path of a job. */
export function valueAt(job: unknown, path: readonly string[]): unknown {
  return path.reduce((value: Part, name) => value?.[name === '[]' ? 0 : name], job);
}

/** A path as people and CSV columns write it: `settings.segments[].startTime`. */
export function dotted(path: readonly string[]): string {
  return path.join('.').replaceAll('.[]', '[]');
}
