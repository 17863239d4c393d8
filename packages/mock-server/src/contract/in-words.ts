/** What Prism says in the language of schemas, and how it is said to people. */
const wordings: [said: RegExp, instead: string][] = [
  [/^must be (array|integer|object)$/, 'must be an $1'],
  [/^must be (string|number|boolean)$/, 'must be a $1'],
  [/^must match format "uuid"$/, 'must be a UUID'],
  [/^must match format "uri"$/, 'must be a URL'],
  [/^must be >= /, 'must be at least '],
  [/^must be <= /, 'must be at most '],
  [/^must be > /, 'must be more than '],
  [/^must NOT have fewer than 1 (character|item)s$/, 'must not be empty'],
  [/^must NOT have /, 'must not have '],
  [/^is not a multiple of /, 'must be a multiple of '],
];

/**
 * The part of a message of Prism behind the description of the place, in words.
 *
 * @param message such as `Request body property 0.ttl must be >= 60`.
 */
export function inWords(message: string): string {
  const said = /\b(must|is not) .*$/s.exec(message)?.[0] ?? 'is not valid';
  return wordings.reduce((text, [pattern, instead]) => text.replace(pattern, instead), said);
}
