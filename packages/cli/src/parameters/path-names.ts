import type { Parameter } from '@sync3/generated/parameters';

/** Stands in the path of a parameter for any element of a list. */
export const element = '[]';

/** The path of a parameter as one text: `settings.segments[].audio`. */
export function dotted(path: readonly string[]): string {
  return path.join('.').replaceAll(`.${element}`, element);
}

/** The names that a JSON Pointer leads through (RFC 6901). */
export function placeOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The path of the parameter that a place in a request belongs to: indices become `element`. */
export function genericPath(place: readonly string[]): string[] {
  return place.map((name) => (/^\d+$/.test(name) ? element : name));
}

/** Whether a path is that of `whole`, or leads into it. */
export function isWithin(path: readonly string[], whole: readonly string[]): boolean {
  return whole.every((name, index) => path[index] === name);
}

/** `webhookURL` as `webhook-url`. */
export function kebabCase(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replace(/[^A-Za-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
}

/** The parameter that a place in a request belongs to. */
export function findParameter(
  parameters: readonly Parameter[],
  place: readonly string[],
): Parameter | undefined {
  const wanted = genericPath(place).join('.');
  return parameters.find(({ path }) => path.join('.') === wanted);
}
