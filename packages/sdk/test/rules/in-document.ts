import { parameters } from '@sync3/generated/parameters';
import { isObject } from '@sync3/generated/rules';

const known = new Set(parameters.map(({ path }) => path.join('.')));

/** Whether the document has every property of a task; an example with one that is gone shows nothing. */
export function isInDocument(value: unknown, path: readonly string[] = []): boolean {
  if (Array.isArray(value)) return value.every((item) => isInDocument(item, [...path, '[]']));
  if (!isObject(value)) return true;
  return Object.entries(value).every(([name, inner]) => {
    const here = [...path, name];
    return known.has(here.join('.')) && isInDocument(inner, here);
  });
}
