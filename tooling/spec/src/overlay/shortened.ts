/** Characters of a value that a message shows. */
const limit = 300;

/** A JSON value for a message: on one line, and cut when it is long. */
export function shortened(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}
