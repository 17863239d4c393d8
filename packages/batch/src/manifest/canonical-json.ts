/**
 * JSON without choices: properties are sorted by name, those that are `undefined` are left out, and
 * there is no space. Equal values give equal texts.
 *
 * @param value any JSON value, in which properties may be `undefined`.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const object = value as Record<string, unknown>;
  const properties = Object.keys(object)
    .filter((name) => object[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(object[name])}`);
  return `{${properties.join(',')}}`;
}
