/**
 * A UUID in the form of version 4 (RFC 9562).
 *
 * @param bytes at least 36; the lower half of a byte makes a digit.
 */
export function uuidFrom(bytes: Uint8Array): string {
  const digit = (_: string, index: number) => ((bytes[index] as number) % 16).toString(16);
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, digit);
}

/**
 * A UUID of 120 random bits. `crypto.randomUUID` does not exist in pages without a secure context,
 * such as those of `http://app.lan`; `getRandomValues` does.
 */
export function randomUUID(): string {
  return uuidFrom(crypto.getRandomValues(new Uint8Array(36)));
}
