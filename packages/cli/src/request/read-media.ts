import { isObject, type JsonObject } from './json-object.js';
import type { MediaReader } from './media-reader.js';

/**
 * The parameters of a job with every local path in them read: `inputs.video`, `inputs.audio` and
 * the `audio` of each segment. What is no string is left as it is, for the rules to find.
 *
 * @param params is not changed.
 * @param read is given the value, and its JSON Pointer.
 */
export function readMedia(
  params: JsonObject,
  read: (value: string, pointer: string) => string | Blob,
): JsonObject {
  const { inputs, settings } = params;
  const segments = isObject(settings) ? settings['segments'] : undefined;
  return {
    ...params,
    ...(isObject(inputs) && {
      inputs: readProperties(inputs, ['video', 'audio'], '/inputs', read),
    }),
    ...(isObject(settings) &&
      Array.isArray(segments) && {
        settings: { ...settings, segments: readSegments(segments, '/settings/segments', read) },
      }),
  };
}

/** Segments with every local path in them read. */
export function readSegments(
  segments: unknown[],
  pointer: string,
  read: Parameters<typeof readMedia>[1],
): unknown[] {
  return segments.map((segment, index) =>
    isObject(segment) ? readProperties(segment, ['audio'], `${pointer}/${index}`, read) : segment,
  );
}

/** @param folder what relative paths are seen from. @param file what messages name. */
export function fromFile(
  reader: MediaReader,
  folder: string,
  file: string,
): Parameters<typeof readMedia>[1] {
  return (value, pointer) => reader(value, folder, `${file}: ${pointer}`);
}

function readProperties(
  object: JsonObject,
  names: string[],
  pointer: string,
  read: Parameters<typeof readMedia>[1],
): JsonObject {
  const copy = { ...object };
  for (const name of names) {
    const value = copy[name];
    if (typeof value === 'string') copy[name] = read(value, `${pointer}/${name}`);
  }
  return copy;
}
