/** A parameter, or an element of a list, as rules name it: `settings.segments[].audio`. */
export function nameOf(path: readonly string[]): string {
  return path.join('.').replaceAll('.[]', '[]');
}
