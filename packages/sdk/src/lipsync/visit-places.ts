import { isObject } from '@sync3/generated/rules';

/**
 * Visits every value of a task that stands at a path, such as those of `mediaPaths`; `[]` in it is each
 * element of a list. Places of a wrong type are passed over.
 *
 * @param visit is given the value, its JSON Pointer, and what holds it.
 */
export function visitPlaces(
  names: readonly string[],
  value: unknown,
  visit: (value: unknown, path: string, holder: unknown) => void,
  path = '',
  depth = 0,
  holder?: unknown,
): void {
  const name = names[depth];
  if (name === undefined) visit(value, path, holder);
  else if (name !== '[]') {
    if (isObject(value)) {
      visitPlaces(names, value[name], visit, `${path}/${name}`, depth + 1, value);
    }
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      visitPlaces(names, value[index], visit, `${path}/${index}`, depth + 1, value);
    }
  }
}
