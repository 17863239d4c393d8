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
  const step = (key: string | number, inner: unknown) => {
    visitPlaces(names, inner, visit, `${path}/${key}`, depth + 1, value);
  };
  if (name === undefined) visit(value, path, holder);
  else if (name !== '[]') {
    if (isObject(value)) step(name, value[name]);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      step(index, item);
    });
  }
}
