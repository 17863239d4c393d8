import type { MediaPlace } from '../tasks/model.js';
import { isObject } from '../wire/json.js';
import { asList } from '../wire/untrusted-json.js';

/** The places of a job that hold media: the video, the voice, and the voices of segments. */
export function mediaPlaces(task: unknown): MediaPlace[] {
  const { inputs, settings } = Object(task);
  const { segments } = Object(settings);
  return [
    ...placesIn(inputs, ['video', 'audio'], '/inputs'),
    ...asList(segments).flatMap((segment, index) =>
      placesIn(segment, ['audio'], `/settings/segments/${index}`),
    ),
  ];
}

function placesIn(holder: unknown, names: string[], path: string): MediaPlace[] {
  if (!isObject(holder)) return [];
  return names.map((name) => ({ holder, name, path: `${path}/${name}` }));
}
