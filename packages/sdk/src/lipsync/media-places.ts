import { mediaPaths } from '@sync3/generated/constants';
import { isObject, type JsonObject } from '@sync3/generated/rules';

/** A place of a task that names media by URL, data URI or UUID. */
export interface MediaPlace {
  /** The object that has the property. */
  holder: JsonObject;
  /** Name of the property. */
  name: string;
  /** JSON Pointer of the property. */
  path: string;
}

/** The places at which a job holds media, by the document. Places of a wrong type are left out. */
export function mediaPlaces(task: unknown): MediaPlace[] {
  return mediaPaths.flatMap((names) => placesAt(names, task, ''));
}

function placesAt(
  [name, ...rest]: readonly string[],
  holder: unknown,
  above: string,
): MediaPlace[] {
  const list = Object.keys(Array.isArray(holder) ? holder : []);
  const names = name === '[]' ? list : isObject(holder) ? [`${name}`] : [];
  return names.flatMap((each) => {
    const place = { holder: holder as JsonObject, name: each, path: `${above}/${each}` };
    return rest.length > 0 ? placesAt(rest, place.holder[each], place.path) : [place];
  });
}
