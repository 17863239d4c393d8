import { type Path, pathsOfName, printPath, valueAt } from './json-path.ts';
import { shortened } from './shortened.ts';

/** How many names of an object a message lists. */
const mostNames = 20;
/** With more candidates than this, none of them tells where something went. */
const mostPlaces = 3;

/** Says of a path at which nothing stands how far it still leads, and where its last name went. */
export function describeMissing(document: unknown, missing: Path): string {
  const depth = missing.findIndex(
    (_, index) => valueAt(document, missing.slice(0, index + 1)) === undefined,
  );
  const left = missing.slice(0, depth);
  const sentence = `There is now at ${printPath(left)}: ${namesOf(valueAt(document, left))}.`;
  const name = missing.at(-1) ?? '';
  const places = closest(pathsOfName(document, name), missing);
  if (typeof name === 'number' || places.length === 0 || places.length > mostPlaces) {
    return sentence;
  }
  return `${sentence} \`${name}\` now stands at ${places.map(printPath).join(', ')}.`;
}

function namesOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== 'object' || value === null) return shortened(value);
  const names = Object.keys(value);
  if (names.length > mostNames) names.splice(mostNames, names.length, '…');
  return names.join(', ') || 'nothing';
}

/** Of the places of a name the ones that end most like the path it had. */
function closest(places: Path[], path: Path): Path[] {
  const likeness = (place: Path) => {
    const length = path.findIndex((_, index) => place.at(-1 - index) !== path.at(-1 - index));
    return length === -1 ? path.length : length;
  };
  const best = Math.max(...places.map(likeness));
  return places.filter((place) => likeness(place) === best);
}
