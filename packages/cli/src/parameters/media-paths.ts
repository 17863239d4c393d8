import type { Parameter } from '@sync3/generated/parameters';
import { isObject } from '@sync3/generated/rules';
import { element } from './path-names.js';

type Paths = readonly (readonly string[])[];

/** The paths of the videos and voices below a path. */
export function mediaPaths(parameters: readonly Parameter[], ...above: readonly string[]): Paths {
  return below(
    parameters.filter(({ isMedia }) => isMedia).map(({ path }) => path),
    ...above,
  );
}

/**
 * A copy of a value in which every video and voice has been read. One that is no string is left as it
 * is, for the rules to find.
 *
 * @param paths where the media are, seen from the value.
 * @param read is given the string, and its JSON Pointer.
 */
export function readMedia(
  value: unknown,
  paths: Paths,
  read: (value: string, pointer: string) => string | Blob,
  pointer = '',
): unknown {
  if (paths.length === 0) return value;
  if (paths.some(({ length }) => length === 0)) {
    return typeof value === 'string' ? read(value, pointer) : value;
  }
  if (Array.isArray(value)) {
    const inner = below(paths, element);
    return value.map((own, index) => readMedia(own, inner, read, `${pointer}/${index}`));
  }
  if (!isObject(value)) return value;
  const properties = Object.entries(value).map(([name, own]) => [
    name,
    readMedia(own, below(paths, name), read, `${pointer}/${name}`),
  ]);
  return Object.fromEntries(properties);
}

/** What is left of the paths that begin with these names. */
function below(paths: Paths, ...names: readonly string[]): Paths {
  return paths
    .filter((path) => names.every((name, index) => path[index] === name))
    .map((path) => path.slice(names.length));
}
