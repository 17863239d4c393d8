/** Takes the key out of a text. */
export type Redact = (text: string) => string;

/** Not ASCII, as keys are: it neither holds a key, nor makes one with what stands beside it. */
const mark = '•••';
/** Characters. A shorter key, such as a test may use, occurs by chance. */
const shortestKey = 6;
/** Of causes. */
const deepest = 5;

/**
 * Takes a key out of texts: as it is, with any of its signs escaped as in URLs (`%2B`) or JSON
 * (`\\u002b`), and in base64, where it may stand inside of something longer, such as `user:key`.
 *
 * @param apiKey with fewer than 6 characters it is left where it is, as it would occur by chance.
 * @returns what puts `•••` in its place.
 *
 * @example
 * const redact = keyRemover(apiKey);
 * log(redact(await response.text()));
 */
export function keyRemover(apiKey: string): Redact {
  if (apiKey.length < shortestKey) return (text) => text;
  const patterns = [apiKey, ...base64Forms(apiKey)].map((form) =>
    form.replace(/./gs, (sign) => {
      const code = sign.charCodeAt(0).toString(16);
      // A URL has other signs for two of base64.
      const others = { '+': '-', '/': '_' }[sign] ?? '';
      return `(?:[\\x${code}${others}]|(?:%(?:25)*|\\\\u00)${code})`;
    }),
  );
  const pattern = new RegExp(patterns.join('|'), 'gi');
  return (text) => text.replace(pattern, mark);
}

/**
 * A key in base64, after 0, 1 or 2 bytes of a group of three; without the digits that hold bits of
 * what stands before and after it.
 */
function base64Forms(apiKey: string): string[] {
  return ['', '-', '--'].map((before) => {
    const first = Math.ceil((before.length * 4) / 3);
    const end = Math.floor(((before.length + apiKey.length) * 4) / 3);
    return btoa(before + apiKey).slice(first, end);
  });
}

/**
 * A copy of an error for logs: name, message, code, system call, stack, causes and the errors that it
 * gathers. HTTP clients put the request into their errors: whatever else an error may hold is left
 * behind, so that the key cannot be in it.
 */
export function withoutKey(error: unknown, redact: Redact, depth = 0): Error {
  const given = Object(error);
  const { message = error, cause, errors } = given;
  // An object may have no `toString`, or one that fails.
  const text = (value: unknown) => redact(typeof value === 'object' ? typeof value : String(value));
  const clean = (inner: unknown) => withoutKey(inner, redact, depth + 1);
  const copy = new Error(text(message));
  for (const name of ['name', 'code', 'syscall', 'stack']) {
    if (given[name] !== undefined) Object.assign(copy, { [name]: text(given[name]) });
  }
  if (depth >= deepest) return copy;
  if (cause !== undefined) copy.cause = clean(cause);
  if (Array.isArray(errors)) Object.assign(copy, { errors: errors.map(clean) });
  return copy;
}
