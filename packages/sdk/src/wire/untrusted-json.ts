/** What a text says, or `undefined` when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A list, or the one thing that stands where a list may stand; nothing is an empty one. */
export function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value ? [value] : [];
}

/** A value as text. An object is written as JSON: its `toString` may be no function. */
export function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`;
}

/** A number, which some answers write as text. */
export function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
