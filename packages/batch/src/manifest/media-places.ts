import { mediaPaths } from '@sync3/generated/constants';
import { isObject } from '@sync3/generated/rules';

/** Where a medium stands in the parameters of a job. */
export interface MediaPlace {
  /** What has the property: an object, or a list of media. */
  holder: Record<string, unknown>;
  /** Name of the property. */
  name: string;
  /** JSON Pointer of the property. */
  pointer: string;
}

/** All places of parameters at which the document takes a medium. Wrong types are passed over. */
export function mediaPlaces(job: Record<string, unknown>): MediaPlace[] {
  return mediaPaths.flatMap((path) => placesAt(path, job, ''));
}

function placesAt(
  [part, ...rest]: readonly string[],
  holder: unknown,
  above: string,
): MediaPlace[] {
  const names = part === '[]' ? indicesOf(holder) : isObject(holder) ? [`${part}`] : [];
  return names.flatMap((name) => {
    const place = { holder: holder as Record<string, unknown>, name, pointer: `${above}/${name}` };
    return rest.length === 0 ? [place] : placesAt(rest, place.holder[name], place.pointer);
  });
}

function indicesOf(list: unknown): string[] {
  return Array.isArray(list) ? list.map((_, index) => `${index}`) : [];
}

/** Writes a medium at a place that the parameters have. @param pointer as in `MediaPlace`. */
export function setAt(job: Record<string, unknown>, pointer: string, value: string): void {
  const path = pointer.slice(1).split('/');
  const last = path.pop() as string;
  let place = job;
  for (const name of path) place = place[name] as Record<string, unknown>;
  place[last] = value;
}
